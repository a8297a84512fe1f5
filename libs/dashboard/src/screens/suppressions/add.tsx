import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask, tuco } from '../../app/api';
import { Dialog } from '../../parts/dialog';
import { SelectField, TextArea, TextField } from '../../parts/field';
import { toast } from '../../parts/toasts';
import { channelName, many, plainWords } from '../../parts/words';

const CHANNELS = ['all', 'phone', 'email', 'imessage', 'sms'] as const;
const REASONS = ['manual', 'opted_out', 'unsubscribed', 'complained', 'bounced', 'invalid'] as const;

/** "@example.com" and "example.com" mean a whole domain. */
const asked = (line: string) => {
  const domain = line.replace(/^@/, '');
  return /^[^@\s+]+\.[a-z]{2,}$/i.test(domain) ? { domain } : { address: line };
};

export function AddSuppressions({ close }: { close: () => void }): ReactNode {
  const [text, setText] = useState('');
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('all');
  const [reason, setReason] = useState<(typeof REASONS)[number]>('manual');
  const [note, setNote] = useState('');
  const queries = useQueryClient();
  const lines = text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter(Boolean);
  const add = async () => {
    const suppressions = lines.map((line) => ({ ...asked(line), channel, reason, ...(note && { note }) }));
    const { saved, existing, invalid } = await ask(tuco.POST('/api/suppressions', { body: { suppressions } }));
    await queries.invalidateQueries({ queryKey: ['suppressions'] });
    if (invalid.length > 0) {
      // What was taken leaves the field; what was not stays, to be mended.
      setText(invalid.map(({ index = 0 }) => lines[index]).join('\n'));
      throw new Error(
        `${many(saved, 'address', 'addresses')} added. ${many(invalid.length, 'line')} left could not be read: ${invalid[0]?.message}`,
      );
    }
    toast(`${many(saved, 'address', 'addresses')} added${existing > 0 ? `, ${existing} were here already` : ''}.`);
  };
  return (
    <Dialog
      title="Add suppressions"
      submit={`Add ${many(lines.length, 'address', 'addresses')}`}
      disabled={lines.length === 0}
      close={close}
      onSubmit={add}
    >
      <TextArea
        label="Addresses"
        rows={5}
        autoFocus
        value={text}
        onText={setText}
        help="Phones, e-mail addresses or whole domains, one a line."
      />
      <SelectField
        label="Channel"
        value={channel}
        options={CHANNELS.map((one) => [one, channelName(one)] as const)}
        onPick={(one) => setChannel(one as typeof channel)}
      />
      <SelectField
        label="Reason"
        value={reason}
        options={REASONS.map((one) => [one, plainWords(one)] as const)}
        onPick={(one) => setReason(one as typeof reason)}
      />
      <TextField label="Note" optional value={note} onText={setNote} />
    </Dialog>
  );
}
