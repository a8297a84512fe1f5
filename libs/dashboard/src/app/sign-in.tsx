import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import icon from '../icon.svg';
import { CopyText } from '../parts/button';
import { layout, Loading, Note } from '../parts/layout';
import { keepLocalSession } from './session';
import { installation } from './settings';
import styles from './shell.module.css';

/** Clerk's part is loaded where people sign in by it. */
const ClerkSignIn = lazy(() => import('./clerk'));

/** Uses up the code of the link. @throws Error for people */
async function exchange(code: string): Promise<string> {
  const answer = await fetch('/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  }).catch(() => null);
  if (!answer) throw new Error('The server does not answer. Is it still running?');
  if (answer.status === 429) throw new Error('Too many tries. Wait a minute, and open the link again.');
  if (!answer.ok) throw new Error('This link was used already, or is older than ten minutes.');
  return ((await answer.json()) as { token: string }).token;
}

/** The code is behind the `#`. It leaves the address bar at once, and with it the history. */
export function takeCode(): string | null {
  if (location.pathname !== '/sign-in' || location.hash.length < 2) return null;
  const code = location.hash.slice(1);
  history.replaceState(null, '', '/');
  return code;
}

export function SignIn({ code, why }: { code: string | null; why: string | null }): ReactNode {
  const [problem, setProblem] = useState(code ? null : why);
  const [isBusy, setBusy] = useState(code !== null);
  const queries = useQueryClient();

  useEffect(() => {
    queries.clear();
    if (!code) return;
    exchange(code)
      .then(keepLocalSession)
      .catch((error: Error) => {
        setProblem(error.message);
        setBusy(false);
      });
  }, [code, queries]);

  return (
    <main className={styles.alone}>
      <div className={styles.signIn}>
        <div className={styles.brand}>
          <img className={styles.mark} src={icon} alt="" />
          Tuco
        </div>
        {problem && <Note tone={code ? 'bad' : 'info'}>{problem}</Note>}
        {isBusy && <Loading rows={2} />}
        {!isBusy && installation.isLocal && (
          <div className={layout.stack}>
            <h1>Sign in</h1>
            <p className={layout.muted}>
              Open the link that <code>npm start</code> has printed in your terminal. It signs you in once, within ten minutes.
              This prints another one:
            </p>
            <CopyText text="npm run sign-in" label="the command" />
          </div>
        )}
        {!isBusy && installation.clerkKey && (
          <Suspense fallback={<Loading rows={3} />}>
            <ClerkSignIn publishableKey={installation.clerkKey} />
          </Suspense>
        )}
        {!isBusy && !installation.isLocal && !installation.clerkKey && (
          <p>
            Nobody can sign in here yet: whoever runs this server sets <code>CLERK_PUBLISHABLE_KEY</code>.
          </p>
        )}
      </div>
    </main>
  );
}
