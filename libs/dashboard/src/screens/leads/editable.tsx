import { type ReactNode, useState } from 'react';
import { useSession } from '../../app/session';
import controls from '../../parts/controls.module.css';
import { toastError } from '../../parts/toasts';
import styles from './leads.module.css';

interface Props {
  label: string;
  value: string | null;
  /** An empty text removes what was there. */
  save: (text: string) => Promise<unknown>;
}

/** A value that becomes a field when it is pressed. Enter and leaving it save, Escape takes back. */
export function Editable({ label, value, save }: Props): ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { canWrite } = useSession();
  const keep = async () => {
    if (typed === null || isBusy) return;
    if (typed.trim() === (value ?? '')) return setTyped(null);
    setBusy(true);
    try {
      await save(typed.trim());
      setTyped(null);
    } catch (error) {
      // What was typed stays in the field.
      toastError(error);
    } finally {
      setBusy(false);
    }
  };
  if (!canWrite) return value ?? '–';
  if (typed === null) {
    return (
      <button
        type="button"
        className={`${styles.editable} ${value ? '' : styles.none}`}
        aria-label={value ? `${label}: ${value}. Edit` : `Add: ${label}`}
        onClick={() => setTyped(value ?? '')}
      >
        {value ?? 'Add'}
      </button>
    );
  }
  return (
    <input
      className={controls.input}
      aria-label={label}
      autoFocus
      value={typed}
      disabled={isBusy}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => void keep()}
      onKeyDown={({ key }) => {
        if (key === 'Enter') void keep();
        if (key === 'Escape') setTyped(null);
      }}
    />
  );
}
