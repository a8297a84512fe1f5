import { useSyncExternalStore } from 'react';

/** Who is signed in here, by which issuer. */
export interface Session {
  token: () => Promise<string>;
  userId: string;
  isAdmin: boolean;
  /** Viewers change nothing, and send nothing. */
  canWrite: boolean;
  end: () => void;
}

type State = { kind: 'starting' } | { kind: 'signed-out'; why: string | null } | { kind: 'signed-in'; session: Session };

/** Of this tab alone; another tab is given it when it asks. */
const PLACE = 'tuco-session';
const ANSWER_WITHIN_MS = 250;

let state: State = { kind: 'starting' };
/** Nobody signed out in this tab, and nothing ended here. */
let mayResume = false;
const listeners = new Set<() => void>();
const others = new BroadcastChannel(PLACE);

function become(next: State): void {
  state = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSessionState = (): State => useSyncExternalStore(subscribe, () => state);

/** Of a screen that only those see who are signed in. */
export function useSession(): Session {
  const now = useSessionState();
  if (now.kind !== 'signed-in') throw new Error('Nobody is signed in');
  return now.session;
}

export async function currentToken(): Promise<string> {
  return state.kind === 'signed-in' ? state.session.token() : '';
}

export const signInWith = (session: Session): void => become({ kind: 'signed-in', session });

export function signOut(why: string | null = null): void {
  if (state.kind === 'signed-in') state.session.end();
  sessionStorage.removeItem(PLACE);
  mayResume = false;
  become({ kind: 'signed-out', why });
}

interface Claims {
  sub: string;
  exp: number;
  org_role?: string;
  o?: { rol?: string };
}

function claimsOf(token: string): Claims | null {
  try {
    const part = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(part)) as Claims;
  } catch {
    return null;
  }
}

/** What the token says of its owner. It only decides what is shown: the API decides what is allowed. */
export function ownerOf(token: string): Pick<Session, 'userId' | 'isAdmin' | 'canWrite'> {
  const claims = claimsOf(token);
  const role = (claims?.o?.rol ?? claims?.org_role ?? '').replace(/^org:/, '');
  return { userId: claims?.sub ?? '', isAdmin: role === 'admin', canWrite: role !== 'viewer' };
}

/** A session of the local issuer. */
export function keepLocalSession(token: string): void {
  sessionStorage.setItem(PLACE, token);
  signInWith({ token: async () => token, ...ownerOf(token), end: () => undefined });
}

const isGood = (token: string | null): token is string => token !== null && (claimsOf(token)?.exp ?? 0) * 1_000 > Date.now();

/** Gives the session of this tab to others of the same browser that ask. */
export function shareLocalSession(): void {
  others.addEventListener('message', ({ data }: MessageEvent<{ ask?: true; token?: string }>) => {
    const token = sessionStorage.getItem(PLACE);
    if (data.ask && isGood(token)) others.postMessage({ token });
    // Another tab that was slow to answer.
    if (data.token && isGood(data.token) && state.kind === 'signed-out' && mayResume) keepLocalSession(data.token);
  });
}

/** What this tab has, or another tab gives it. */
export async function resumeLocalSession(): Promise<void> {
  const own = sessionStorage.getItem(PLACE);
  const token = isGood(own) ? own : await askOthers();
  if (isGood(token)) return keepLocalSession(token);
  mayResume = true;
  become({ kind: 'signed-out', why: own ? 'Your session has ended.' : null });
}

function askOthers(): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
    others.addEventListener('message', ({ data }: MessageEvent<{ token?: string }>) => {
      if (!data.token) return;
      clearTimeout(timer);
      resolve(data.token);
    });
    others.postMessage({ ask: true });
  });
}
