import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { Dialog } from '../../parts/dialog';
import { CheckField, SelectField, TextField } from '../../parts/field';
import { Loading } from '../../parts/layout';
import { toast } from '../../parts/toasts';
import { channelName, plainWords } from '../../parts/words';
import { channelsQuery } from '../campaigns/campaigns';

type Field = Schemas['ChannelField'];
type Values = Readonly<Record<string, string>>;
const NEW_ACCOUNT = 'new';

/** A line and, where it needs one, its account: by the form that the channel's adapter declares. */
export function AddLine({ accounts, close }: { accounts: readonly Schemas['Account'][]; close: () => void }): ReactNode {
  const channels = useQuery(channelsQuery);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [person, setPerson] = useState({ firstName: '', lastName: '' });
  const [account, setAccount] = useState('');
  // An account that somebody else adds meanwhile does not take the place of the form.
  const [atFirst] = useState(accounts);
  const [values, setValues] = useState<Values>({});
  const channel = channels.data?.channels.find((one) => one.name === name) ?? channels.data?.channels[0];
  if (!channel) {
    return (
      <Dialog title="Add a line" close={close}>
        <Loading />
      </Dialog>
    );
  }
  const isUsable = (one: Schemas['Account']) => one.channel === channel.name && !one.isImplicit;
  const known = accounts.filter(isUsable);
  const accountId = account || atFirst.find(isUsable)?._id || NEW_ACCOUNT;
  const isNew = accountId === NEW_ACCOUNT;
  const fields = [...(isNew ? channel.accountFields : []), ...channel.lineFields];
  const isMissing = fields.some(({ name: field, required, defaultValue }) => required && defaultValue === null && !values[field]);
  const add = async () => {
    let id = accountId;
    if (isNew) {
      const settings = given(
        channel.accountFields.filter(({ secret }) => !secret),
        values,
      );
      const secrets = given(
        channel.accountFields.filter(({ secret }) => secret),
        values,
      );
      id = (await ask(tuco.POST('/api/accounts', { body: { channel: channel.name, settings, secrets } })))._id;
      // When the line is refused, its account is there already: the next try uses it.
      setAccount(id);
      await queries.invalidateQueries({ queryKey: ['accounts'] });
    }
    const own = given(channel.lineFields, values);
    const body = { ...own, ...person, channel: channel.name, accountId: id };
    const line = await ask(tuco.POST('/api/lines', { body }));
    toast('The line is added.');
    await queries.invalidateQueries({ queryKey: ['lines'] });
    await queries.invalidateQueries({ queryKey: ['accounts'] });
    await navigate({ to: '/lines/$id', params: { id: line._id } });
  };
  return (
    <Dialog title="Add a line" submit="Add line" disabled={isMissing} close={close} onSubmit={add}>
      <SelectField
        label="Channel"
        value={channel.name}
        options={(channels.data?.channels ?? []).map(
          (one) => [one.name, `${channelName(one.name)} by ${plainWords(one.provider)}`] as const,
        )}
        onPick={(next) => (setName(next), setAccount(''))}
      />
      <TextField
        label="First name of the sender"
        value={person.firstName}
        onText={(firstName) => setPerson({ ...person, firstName })}
        help="Texts may use it as {line_name}."
      />
      <TextField label="Last name" optional value={person.lastName} onText={(lastName) => setPerson({ ...person, lastName })} />
      {known.length > 0 && (
        <SelectField
          label="Account"
          value={accountId}
          options={[
            ...known.map((one) => [one._id, one.name || one.deviceId || one.provider] as const),
            [NEW_ACCOUNT, 'A new account'],
          ]}
          onPick={setAccount}
        />
      )}
      {fields.map((field) => (
        <ChannelInput
          key={field.name}
          field={field}
          value={values[field.name] ?? String(field.defaultValue ?? '')}
          change={(value) => setValues({ ...values, [field.name]: value })}
        />
      ))}
    </Dialog>
  );
}

function ChannelInput({ field, value, change }: { field: Field; value: string; change: (value: string) => void }): ReactNode {
  const { label, help, type, choices, required, secret } = field;
  if (type === 'boolean') return <CheckField label={label} checked={value === 'true'} onCheck={(is) => change(String(is))} />;
  if (choices)
    return (
      <SelectField label={label} help={help} value={value} options={choices.map((one) => [one, one] as const)} onPick={change} />
    );
  const isWrong = value !== '' && field.pattern !== null && !new RegExp(field.pattern.source).test(value);
  return (
    <TextField
      label={label}
      help={help}
      optional={!required}
      type={secret ? 'password' : type === 'number' ? 'number' : 'text'}
      autoComplete={secret ? 'new-password' : 'off'}
      value={value}
      error={isWrong ? field.pattern?.words : undefined}
      onText={change}
    />
  );
}

/** What was typed, as the types of the fields say. */
function given(fields: readonly Field[], values: Values): Record<string, string | number | boolean> {
  const entries = fields.flatMap(({ name, type }): [string, string | number | boolean][] => {
    const value = values[name];
    if (value === undefined || value === '') return [];
    return [[name, type === 'number' ? Number(value) : type === 'boolean' ? value === 'true' : value]];
  });
  return Object.fromEntries(entries);
}
