import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '../../parts/button';
import { TextArea } from '../../parts/field';
import { Failure, layout } from '../../parts/layout';
import { toast } from '../../parts/toasts';

interface Props {
  name: string;
  /** @returns what is to be said of the text */
  send: (message: string) => Promise<readonly { message: string }[]>;
}

/** A message to one person, now. */
export function Composer({ name, send: handOver }: Props): ReactNode {
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    setError(null);
    try {
      for (const { message } of await handOver(text)) toast(message);
      setText('');
      await queries.invalidateQueries({ queryKey: ['messages'] });
      await queries.invalidateQueries({ queryKey: ['conversations'] });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={layout.stack} onSubmit={(event) => void send(event)}>
      <TextArea
        bare
        label={`Message to ${name}`}
        placeholder={`Message to ${name}`}
        rows={3}
        value={text}
        onText={setText}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send(event);
        }}
      />
      {error !== null && <Failure error={error} />}
      <div className={`${layout.row} ${layout.spread}`}>
        <span className={`${layout.tiny} ${layout.muted}`}>
          Ctrl + Enter sends. {'{firstName}'} and other fields may be used.
        </span>
        <Button type="submit" kind="primary" busy={isBusy} disabled={text.trim() === ''}>
          Send
        </Button>
      </div>
    </form>
  );
}
