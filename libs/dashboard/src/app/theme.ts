import { useSyncExternalStore } from 'react';

export type Choice = 'system' | 'light' | 'dark';

const PLACE = 'tuco-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const watchers = new Set<() => void>();

const isChoice = (text: string | null): text is Choice => text === 'light' || text === 'dark' || text === 'system';
const stored = localStorage.getItem(PLACE);
let choice: Choice = isChoice(stored) ? stored : 'system';

function apply(): void {
  const isDark = choice === 'dark' || (choice === 'system' && dark.matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  for (const watcher of watchers) watcher();
}

dark.addEventListener('change', apply);
apply();

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const useTheme = (): Choice => useSyncExternalStore(watch, () => choice);

export function chooseTheme(next: Choice): void {
  choice = next;
  localStorage.setItem(PLACE, next);
  apply();
}
