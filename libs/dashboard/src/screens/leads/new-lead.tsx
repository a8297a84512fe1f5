import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { Dialog } from '../../parts/dialog';
import { SelectField, TextField } from '../../parts/field';
import { toast } from '../../parts/toasts';

const FIELDS = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['companyName', 'Company'],
  ['phone', 'Phone'],
  ['email', 'E-mail'],
] as const;

type Given = Partial<Record<(typeof FIELDS)[number][0], string>>;

export function NewLead({ lists, close }: { lists: readonly Schemas['List'][]; close: () => void }): ReactNode {
  const [given, setGiven] = useState<Given>({});
  const [list, setList] = useState(lists[0]?._id ?? '');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const save = async () => {
    const answer = await ask(tuco.POST('/api/leads', { body: { leads: [given], ...(list && { listId: list }) } }));
    const id = answer.leadIds[0];
    toast(answer.savedCount > 0 ? 'Lead saved.' : 'This person was here already.');
    await queries.invalidateQueries({ queryKey: ['leads'] });
    if (id) await navigate({ to: '/leads/$id', params: { id } });
  };
  return (
    <Dialog title="New lead" submit="Save lead" close={close} onSubmit={save} disabled={!given.phone && !given.email}>
      {FIELDS.map(([field, label], index) => (
        <TextField
          key={field}
          label={label}
          autoFocus={index === 0}
          optional={field === 'companyName'}
          help={
            field === 'phone'
              ? 'With a country code, or as in the United States. A phone or an e-mail address is needed.'
              : undefined
          }
          value={given[field] ?? ''}
          onText={(text) => setGiven({ ...given, [field]: text })}
        />
      ))}
      {lists.length > 0 && (
        <SelectField label="List" value={list} options={lists.map(({ _id, name }) => [_id, name] as const)} onPick={setList} />
      )}
    </Dialog>
  );
}
