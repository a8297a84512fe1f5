import { type ReactNode, useSyncExternalStore } from 'react';
import { messageOf } from '../app/api';
import styles from './dialog.module.css';

interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
}

const SHOWN_MS = 6_000;
let toasts: readonly Toast[] = [];
let count = 0;
const watchers = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher();
}

const dismiss = (id: number) => set(toasts.filter((toast) => toast.id !== id));

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export function toast(text: string, tone: Toast['tone'] = 'plain'): void {
  const id = (count += 1);
  set([...toasts.slice(-3), { id, text, tone }]);
  // What went wrong stays until it was read.
  if (tone === 'plain') setTimeout(() => dismiss(id), SHOWN_MS);
}

export const toastError = (error: unknown): void => toast(messageOf(error), 'bad');

export function Toasts(): ReactNode {
  const shown = useSyncExternalStore(watch, () => toasts);
  return (
    <div className={styles.toasts} role="status" aria-live="polite">
      {shown.map(({ id, text, tone }) => (
        <div key={id} className={styles.toast} data-tone={tone}>
          <span>{text}</span>
          <button className={styles.dismiss} aria-label="Dismiss" onClick={() => dismiss(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
