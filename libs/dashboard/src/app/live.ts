import { useSyncExternalStore } from 'react';
import { queryClient, type Schemas } from './api';
import { currentToken, signOut } from './session';
import { FrameReader } from './stream';

export type Connection = 'connecting' | 'live' | 'lost';
type EventType = Schemas['Event']['type'];

/** The server is heard every 15 seconds, or it is gone. */
const SILENCE_MS = 35_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;
/** What changes all the time is read anew at most this often: a workspace has 200 calls a minute. */
const REFRESH_EVERY_MS = 4_000;
const FIRST_REFRESH_MS = 250;

/** What a screen has to read again when something has happened: the first part of query keys. */
const CONCERNED: Record<EventType, readonly string[]> = {
  'message.sent': ['messages', 'conversations', 'campaigns', 'lines', 'overview'],
  'message.delivered': ['messages', 'conversations', 'campaigns', 'overview'],
  'message.failed': ['messages', 'conversations', 'campaigns', 'lines', 'overview'],
  'message.fallback': ['messages', 'campaigns', 'overview'],
  'message.cancelled': ['messages', 'campaigns', 'overview'],
  'message.opened': ['messages'],
  'message.reply': ['replies', 'conversations', 'messages', 'campaigns', 'overview'],
  'reply.needs_review': ['replies', 'conversations', 'suppressions', 'messages', 'overview'],
  'contact.opted_out': ['suppressions', 'replies', 'conversations', 'leads', 'messages', 'overview'],
  'contact.opted_in': ['suppressions', 'replies', 'conversations', 'leads', 'overview'],
  'lead.created': ['leads', 'lists'],
  'lead.updated': ['leads'],
  'lead.deleted': ['leads', 'lists'],
  'line.health_changed': ['lines', 'accounts', 'overview'],
  'campaign.finished': ['campaigns', 'overview'],
  'import.finished': ['imports', 'leads', 'lists', 'overview'],
  'availability.finished': ['leads'],
  'webhook.disabled': ['webhooks', 'overview'],
};

let connection: Connection = 'connecting';
let lastId: string | null = null;
const watchers = new Set<() => void>();
const listeners = new Set<(event: Schemas['Event']) => void>();
const waiting = new Map<string, ReturnType<typeof setTimeout>>();
const refreshedAt = new Map<string, number>();

function become(next: Connection): void {
  if (next === connection) return;
  connection = next;
  for (const watcher of watchers) watcher();
}

const watch = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

export const useConnection = (): Connection => useSyncExternalStore(watch, () => connection);

/** Is told of each event as it comes. */
export function onEvent(listener: (event: Schemas['Event']) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function refresh(key: string): void {
  if (waiting.has(key)) return;
  const due = Math.max(FIRST_REFRESH_MS, (refreshedAt.get(key) ?? 0) + REFRESH_EVERY_MS - Date.now());
  const timer = setTimeout(() => {
    waiting.delete(key);
    refreshedAt.set(key, Date.now());
    void queryClient.invalidateQueries({ queryKey: [key] });
  }, due);
  waiting.set(key, timer);
}

function take(event: string, data: string): void {
  const type = event as EventType;
  for (const key of CONCERNED[type] ?? []) refresh(key);
  if (listeners.size === 0) return;
  const body = JSON.parse(data) as { id: string; timestamp: string };
  for (const listener of listeners) listener({ id: body.id, type, createdAt: body.timestamp, data: body });
}

/** Follows what happens in the workspace until it is stopped, over every loss of the connection. */
export function follow(): () => void {
  const stopped = new AbortController();
  void run(stopped.signal);
  // Whatever somebody changes here may be in the overview too.
  const unwatch = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'invalidate') return;
    const key = event.query.queryKey as readonly unknown[];
    if (key[0] !== 'overview') refresh('overview');
  });
  return () => {
    unwatch();
    stopped.abort();
  };
}

async function run(stopped: AbortSignal): Promise<void> {
  let pause = FIRST_RETRY_MS;
  while (!stopped.aborted) {
    const isFirst = connection === 'connecting';
    const endedWell = await readOnce(stopped, () => {
      pause = FIRST_RETRY_MS;
      // What makes no event, such as a plan, may have changed while nobody listened.
      if (!isFirst && connection === 'lost') void queryClient.invalidateQueries();
      become('live');
    }).catch(() => false);
    if (stopped.aborted) return;
    if (endedWell) continue;
    become('lost');
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pause * 2, LONGEST_RETRY_MS);
  }
}

/** @returns whether the stream was ended by the server, in order, after its time */
async function readOnce(stopped: AbortSignal, opened: () => void): Promise<boolean> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  const headers: Record<string, string> = { authorization: `Bearer ${await currentToken()}` };
  if (lastId) headers['last-event-id'] = lastId;
  try {
    const answer = await fetch('/api/events/stream', { headers, signal: AbortSignal.any([stopped, silence.signal]) });
    if (answer.status === 401) signOut('Your session has ended.');
    // Too old to be continued: what is on the screen is read anew.
    if (answer.status === 410) lastId = null;
    if (!answer.ok || !answer.body) return false;
    const frames = new FrameReader();
    const since = Date.now();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value: piece } = await reader.read();
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      opened();
      for (const { id, event, data } of frames.push(piece)) {
        if (id) lastId = id;
        if (event && data) take(event, data);
      }
    }
    return Date.now() - since > 60_000;
  } finally {
    clearTimeout(timer);
  }
}
