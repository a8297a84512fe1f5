import { useRouter } from '@tanstack/react-router';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import styles from './controls.module.css';

interface Props {
  label: string;
  /** Where all of them are. */
  to: string;
  /** What stands in the URL for a tab. The first tab is that of a URL without it. */
  name: string;
  tabs: readonly (readonly [value: string, text: string])[];
  chosen: string | undefined;
}

/** Parts of a screen that are links, so that each has an address. */
export function Tabs({ label, to, name, tabs, chosen }: Props): ReactNode {
  const router = useRouter();
  const nav = useRef<HTMLElement>(null);
  const current = tabs.some(([value]) => value === chosen) ? chosen : tabs[0]?.[0];
  useEffect(() => {
    // Where there is no room for all, the one that is shown is to be seen.
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <nav ref={nav} className={styles.tabs} aria-label={label}>
      {tabs.map(([value, text], index) => {
        const search = (index === 0 ? {} : { [name]: value }) as never;
        const follow = (event: MouseEvent) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          void router.navigate({ to, search });
        };
        return (
          <a
            key={value}
            href={router.buildLocation({ to, search }).href}
            className={styles.tab}
            aria-current={value === current ? 'page' : undefined}
            onClick={follow}
          >
            {text}
          </a>
        );
      })}
    </nav>
  );
}
