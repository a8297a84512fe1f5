import { type FormEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { Button } from './button';
import styles from './dialog.module.css';
import { Failure } from './layout';

interface DialogProps {
  title: string;
  close: () => void;
  /** What the main button says. Without it, there is nothing but to close. */
  submit?: string;
  danger?: boolean;
  disabled?: boolean;
  /** For what needs room. */
  wide?: boolean;
  /** Done by the main button, which closes the dialog then. What it throws is shown, and nothing is lost. */
  onSubmit?: () => Promise<unknown>;
  children: ReactNode;
}

/** The browser's own dialog: it keeps the focus inside, and Escape closes it. */
export function Dialog({ title, close, submit, danger, disabled, wide, onSubmit, children }: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const id = useId();

  // Before it leaves the page: only then does the browser give the focus back to what had it.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The first thing to be focused may be a frame, in which Escape would close nothing.
    if (wide) element?.querySelector<HTMLElement>(`.${styles.foot} button`)?.focus();
    return () => element?.close();
  }, [wide]);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!onSubmit) return;
    setBusy(true);
    setError(null);
    try {
      await onSubmit();
      close();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };

  return (
    <dialog ref={dialog} className={`${styles.dialog} ${wide ? styles.wide : ''}`} aria-labelledby={id} onClose={close}>
      <form className={styles.form} onSubmit={(event) => void send(event)}>
        <div className={styles.head}>
          <h2 id={id}>{title}</h2>
        </div>
        <div className={styles.body}>
          {children}
          {error !== null && <Failure error={error} />}
        </div>
        <div className={styles.foot}>
          <Button onClick={close}>{submit ? 'Cancel' : 'Close'}</Button>
          {submit && (
            <Button type="submit" kind={danger ? 'danger' : 'primary'} busy={isBusy} disabled={disabled}>
              {submit}
            </Button>
          )}
        </div>
      </form>
    </dialog>
  );
}
