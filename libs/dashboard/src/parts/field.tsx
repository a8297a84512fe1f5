import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from 'react';
import styles from './controls.module.css';

interface FieldProps {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  /** The label is read out, and not shown. */
  bare?: boolean;
}

function Frame({
  id,
  label,
  help,
  error,
  optional,
  bare,
  children,
}: FieldProps & { id: string; children: ReactNode }): ReactNode {
  return (
    <div className={styles.field}>
      {!bare && (
        <label className={styles.label} htmlFor={id}>
          {label} {optional && <span className={styles.optional}>(optional)</span>}
        </label>
      )}
      {children}
      {help && !error && (
        <div className={styles.help} id={`${id}-help`}>
          {help}
        </div>
      )}
      {error && (
        <div className={styles.error} id={`${id}-help`} role="alert">
          {error}
        </div>
      )}
    </div>
  );
}

const described = (id: string, { help, error, label, bare }: FieldProps) => ({
  id,
  'aria-invalid': error ? true : undefined,
  'aria-describedby': help || error ? `${id}-help` : undefined,
  'aria-label': bare ? label : undefined,
});

type TextProps = FieldProps & {
  value: string;
  onText: (value: string) => void;
} & Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange'>;

export function TextField({ value, onText, label, help, error, optional, bare, ...rest }: TextProps): ReactNode {
  const id = useId();
  const frame = { label, help, error, optional, bare };
  return (
    <Frame id={id} {...frame}>
      <input
        className={styles.input}
        autoComplete="off"
        value={value}
        onChange={(event) => onText(event.target.value)}
        {...described(id, frame)}
        {...rest}
      />
    </Frame>
  );
}

type AreaProps = FieldProps & {
  value: string;
  onText: (value: string) => void;
} & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange'>;

export function TextArea({ value, onText, label, help, error, optional, bare, ...rest }: AreaProps): ReactNode {
  const id = useId();
  const frame = { label, help, error, optional, bare };
  return (
    <Frame id={id} {...frame}>
      <textarea
        className={styles.input}
        value={value}
        onChange={(event) => onText(event.target.value)}
        {...described(id, frame)}
        {...rest}
      />
    </Frame>
  );
}

type Options = readonly (readonly [value: string, label: string])[];

interface SelectProps extends FieldProps {
  value: string;
  options: Options;
  onPick: (value: string) => void;
  disabled?: boolean;
}

export function SelectField({ value, options, onPick, disabled, ...frame }: SelectProps): ReactNode {
  const id = useId();
  return (
    <Frame id={id} {...frame}>
      <select
        className={styles.input}
        value={value}
        disabled={disabled}
        onChange={(event) => onPick(event.target.value)}
        {...described(id, frame)}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  );
}

interface CheckProps {
  label: ReactNode;
  checked: boolean;
  onCheck: (checked: boolean) => void;
  disabled?: boolean;
}

export function CheckField({ label, checked, onCheck, disabled }: CheckProps): ReactNode {
  return (
    <label className={styles.check}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onCheck(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** What can be ticked, by the name that the API has for it, and in words. */
export function Choice({ name, words }: { name: string; words: string }): ReactNode {
  return (
    <>
      {name} <span className={styles.optional}>{words}</span>
    </>
  );
}
