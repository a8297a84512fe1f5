import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import icon from '../icon.svg';
import { Button } from '../parts/button';
import { SelectField } from '../parts/field';
import { zone } from '../parts/time';
import { Toasts } from '../parts/toasts';
import { keepFocus } from './kept-focus';
import { type Connection, follow, useConnection } from './live';
import { Navigation } from './navigation';
import { workspaceQuery } from './queries';
import { signOut } from './session';
import styles from './shell.module.css';
import { type Choice, chooseTheme, useTheme } from './theme';

const WORDS: Record<Connection, string> = { connecting: 'Connecting …', live: 'Live', lost: 'Reconnecting …' };

export function Shell(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  const workspace = useQuery(workspaceQuery);
  const connection = useConnection();
  const theme = useTheme();
  const scroll = useRef<HTMLDivElement>(null);

  useEffect(follow, []);
  useEffect(keepFocus, []);
  useEffect(() => {
    scroll.current?.scrollTo(0, 0);
  }, [pathname]);
  useEffect(() => {
    if (!isOpen) return undefined;
    const closeOnEscape = ({ key }: KeyboardEvent) => key === 'Escape' && setOpen(false);
    addEventListener('keydown', closeOnEscape);
    return () => removeEventListener('keydown', closeOnEscape);
  }, [isOpen]);

  const name = workspace.data?.name ?? 'Tuco';
  const brand = (
    <div className={styles.brand}>
      <img className={styles.mark} src={icon} alt="" />
      <span title={name}>{name}</span>
    </div>
  );
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <div className={styles.top}>
        {brand}
        <Button kind="quiet" aria-expanded={isOpen} aria-controls="side" onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Close' : 'Menu'}
        </Button>
      </div>
      <div className={styles.side} id="side" data-open={isOpen}>
        {brand}
        <Navigation chosen={() => setOpen(false)} />
        <div className={styles.foot}>
          <div className={styles.connection} role="status">
            <span className={styles.dot} data-state={connection} />
            {WORDS[connection]}
          </div>
          <div title="Times are shown in this zone">{zone}</div>
          <SelectField
            bare
            label="Theme"
            value={theme}
            options={[
              ['system', 'Theme of the system'],
              ['light', 'Light theme'],
              ['dark', 'Dark theme'],
            ]}
            onPick={(choice) => chooseTheme(choice as Choice)}
          />
          <Button small onClick={() => signOut()}>
            Sign out
          </Button>
        </div>
      </div>
      <main className={styles.main} id="main" tabIndex={-1}>
        {connection === 'lost' && (
          <div className={styles.banner} role="status">
            The connection to the server is lost. What you see may be old; it goes on by itself.
          </div>
        )}
        <div className={styles.scroll} ref={scroll}>
          <Outlet />
        </div>
      </main>
      <Toasts />
    </div>
  );
}
