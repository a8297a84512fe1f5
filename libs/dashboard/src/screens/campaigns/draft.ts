import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';

/** What is edited: without what becomes of it once it runs. */
export type Campaign = Omit<Schemas['Campaign'], 'finished' | 'messageCounts' | 'replies' | 'enrolling'>;
export type Step = Campaign['steps'][number];
export type Change = Schemas['ChangeCampaignRequest'];
export type SaveState = { kind: 'saved' } | { kind: 'saving' } | { kind: 'failed'; error: unknown };

const TYPING_MS = 600;

/** A step that was added here, and is not saved yet. */
export type DraftStep = Omit<Step, '_id' | 'stepIndex'> & { _id?: string; key: string };

export const asDraft = (step: Step): DraftStep => {
  // Its place is that in the list.
  const { stepIndex: _place, ...rest } = step;
  return { ...rest, key: step._id };
};

export const newStep = (isFirst: boolean): DraftStep => ({
  template: '',
  subject: null,
  html: null,
  byChannel: {},
  wait: isFirst ? { amount: 0, unit: 'seconds' } : { amount: 2, unit: 'days' },
  onlyIfNoReply: null,
  channel: null,
  key: crypto.randomUUID(),
});

/** A brace is open: its field is being typed, and the API would refuse the text. */
export const isHalfTyped = ({ template, subject, byChannel }: DraftStep): boolean =>
  [template, subject ?? '', ...Object.values(byChannel).map((own) => own.template ?? '')].some((text) => /\{[^{}]*$/.test(text));

/** Steps as they are saved: those without a text wait until they have one. */
export const savedSteps = (steps: readonly DraftStep[]): NonNullable<Change['steps']> =>
  steps.filter(({ template }) => template.trim() !== '').map(({ key: _key, ...step }) => step);

/**
 * Saves what was changed, a moment after the last change. What could not be saved is tried again with the
 * next one.
 */
export function useAutosave(id: string, taken: (campaign: Campaign) => void) {
  const [state, setState] = useState<SaveState>({ kind: 'saved' });
  const waiting = useRef<Change>({});
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<void>>(Promise.resolve());
  const queries = useQueryClient();

  const save = async (): Promise<void> => {
    const change = waiting.current;
    if (Object.keys(change).length === 0) return;
    waiting.current = {};
    try {
      const campaign = await ask(tuco.PATCH('/api/campaigns/{id}', { params: { path: { id } }, body: change }));
      taken(campaign);
      if (Object.keys(waiting.current).length === 0) setState({ kind: 'saved' });
      void queries.invalidateQueries({ queryKey: ['campaigns'] });
    } catch (error) {
      waiting.current = { ...change, ...waiting.current };
      setState({ kind: 'failed', error });
    }
  };
  /** Saves at once what waits. */
  const flush = (): Promise<void> => {
    clearTimeout(timer.current);
    // One after the other, so that an older change never comes last.
    running.current = running.current.then(save);
    return running.current;
  };
  const change = (next: Change): void => {
    const settings = { ...waiting.current.settings, ...next.settings };
    waiting.current = { ...waiting.current, ...next, ...(Object.keys(settings).length > 0 && { settings }) };
    setState({ kind: 'saving' });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush(), TYPING_MS);
  };
  const leave = useRef(flush);
  leave.current = flush;
  useEffect(() => () => void leave.current(), []);
  return { state, change, flush };
}
