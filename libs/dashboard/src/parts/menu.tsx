import { type FocusEvent, type ReactNode, useEffect, useRef } from 'react';
import { buttonClass } from './button';
import styles from './menu.module.css';

interface Props {
  label: ReactNode;
  small?: boolean;
  /** Where it opens: below its left end, unless there is no room. */
  opens?: 'below' | 'below-right' | 'above-right';
  children: (close: () => void) => ReactNode;
}

/** A button that opens a few choices. Escape, a press elsewhere, and leaving it by keyboard close it. */
export function Menu({ label, small, opens = 'below', children }: Props): ReactNode {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => details.current?.removeAttribute('open');
  useEffect(() => {
    const pressed = ({ target }: PointerEvent) => {
      if (!details.current?.contains(target as Node)) close();
    };
    addEventListener('pointerdown', pressed);
    return () => removeEventListener('pointerdown', pressed);
  }, []);
  const left = ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) close();
  };
  return (
    <details
      ref={details}
      className={styles.holder}
      onBlur={left}
      onKeyDown={({ key }) => {
        if (key !== 'Escape' || !details.current?.open) return;
        close();
        details.current.querySelector('summary')?.focus();
      }}
    >
      <summary className={buttonClass('plain', small)}>
        <span className={styles.label}>{label}</span>
        <span className={styles.arrow} aria-hidden />
      </summary>
      <div className={`${styles.menu} ${styles[opens]}`}>{children(close)}</div>
    </details>
  );
}

interface ItemProps {
  onPick: () => void;
  /** It is what is shown now. */
  current?: boolean;
  danger?: boolean;
  children: ReactNode;
}

export function MenuItem({ onPick, current, danger, children }: ItemProps): ReactNode {
  return (
    <button
      type="button"
      className={`${styles.item} ${danger ? styles.danger : ''}`}
      aria-current={current ? 'true' : undefined}
      onClick={onPick}
    >
      {children}
    </button>
  );
}

/** Choices that belong together. */
export function MenuPart({ title, children }: { title?: string; children: ReactNode }): ReactNode {
  return (
    <div className={styles.part} role="group" aria-label={title}>
      {title && (
        <div className={styles.title} aria-hidden>
          {title}
        </div>
      )}
      {children}
    </div>
  );
}
