import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import controls from '../../parts/controls.module.css';
import styles from './campaigns.module.css';

const COMPLETIONS_SHOWN = 8;

interface Props {
  label: string;
  value: string;
  fields: readonly string[];
  error?: string;
  change: (text: string) => void;
  rows?: number;
  placeholder?: string;
  /** Its label as it is seen: the whole one is read out. */
  title?: string;
}

/** What is typed of a field's name before the caret, where a brace was opened. */
const begunBefore = (text: string): string | null => /\{([\w .-]*)$/.exec(text)?.[1] ?? null;

/** A text with placeholders. An opened brace offers the fields that there are. */
export function TemplateField({
  label,
  value,
  fields,
  error,
  change,
  rows = 4,
  placeholder = 'Hi {firstName|there}, …',
  title,
}: Props): ReactNode {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [begun, setBegun] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const fitting =
    begun === null ? [] : fields.filter((field) => field.toLowerCase().includes(begun.toLowerCase())).slice(0, COMPLETIONS_SHOWN);
  const look = () => {
    const caret = area.current?.selectionStart ?? 0;
    setBegun(begunBefore((area.current?.value ?? '').slice(0, caret)));
    setAt(0);
  };
  const insert = (field: string) => {
    const caret = area.current?.selectionStart ?? value.length;
    const before = value.slice(0, caret).replace(/\{[\w .-]*$/, '');
    const after = value.slice(caret).replace(/^\}/, '');
    // At once, so that what is typed next stands behind it.
    flushSync(() => {
      change(`${before}{${field}}${after}`);
      setBegun(null);
    });
    const place = before.length + field.length + 2;
    area.current?.focus();
    area.current?.setSelectionRange(place, place);
  };
  const keys = (event: KeyboardEvent) => {
    const chosen = fitting[at];
    if (!chosen) return;
    if (event.key === 'ArrowDown') setAt((at + 1) % fitting.length);
    else if (event.key === 'ArrowUp') setAt((at + fitting.length - 1) % fitting.length);
    else if (event.key === 'Enter' || event.key === 'Tab') insert(chosen);
    else if (event.key === 'Escape') setBegun(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.template}>
      {title && (
        <div className={`${controls.label} ${styles.fieldTitle}`} aria-hidden>
          {title}
        </div>
      )}
      <textarea
        ref={area}
        className={controls.input}
        rows={rows}
        role="combobox"
        aria-label={label}
        aria-expanded={fitting.length > 0}
        aria-controls={`${id}-fields`}
        aria-autocomplete="list"
        aria-activedescendant={fitting.length > 0 ? `${id}-${at}` : undefined}
        aria-invalid={error ? true : undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => {
          change(event.target.value);
          look();
        }}
        onClick={look}
        onBlur={() => setBegun(null)}
        onKeyDown={keys}
      />
      {fitting.length > 0 && (
        <div className={styles.completions} role="listbox" id={`${id}-fields`} aria-label="Fields">
          {fitting.map((field, index) => (
            <div
              key={field}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              className={styles.completion}
              onMouseDown={(event) => {
                event.preventDefault();
                insert(field);
              }}
            >
              {field}
            </div>
          ))}
        </div>
      )}
      {error && (
        <div className={controls.error} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}
