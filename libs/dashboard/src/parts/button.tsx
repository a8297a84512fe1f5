import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useSessionState } from '../app/session';
import styles from './controls.module.css';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  small?: boolean;
  /** Something is under way that this button has begun. */
  busy?: boolean;
  /** It changes something: those who may only look do not see it. */
  writes?: boolean;
}

export const buttonClass = (kind: ButtonProps['kind'] = 'plain', small = false): string =>
  [styles.button, kind === 'plain' ? '' : styles[kind], small ? styles.small : ''].join(' ');

export function Button({
  kind,
  small,
  busy = false,
  writes,
  disabled,
  children,
  type = 'button',
  ...rest
}: ButtonProps): ReactNode {
  const session = useSessionState();
  if (writes && !(session.kind === 'signed-in' && session.session.canWrite)) return null;
  return (
    <button type={type} className={buttonClass(kind, small)} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <span className={styles.spinner} aria-hidden />}
      {children}
    </button>
  );
}

/** Text to be copied, such as an address or a key. */
export function CopyText({ text, label }: { text: string; label: string }): ReactNode {
  return (
    <div className={styles.code}>
      <code>{text}</code>
      <Button
        small
        aria-label={`Copy ${label}`}
        onClick={(event) => {
          const button = event.currentTarget;
          void navigator.clipboard.writeText(text).then(() => {
            button.textContent = 'Copied';
            setTimeout(() => (button.textContent = 'Copy'), 1_500);
          });
        }}
      >
        Copy
      </Button>
    </div>
  );
}
