import type { BackgroundJob } from '../../platform/background/background-job';
import type { Person, PersonalDataOf } from './personal-data';

/** How far an erasure is. What it needs of the person is kept here, until nothing else is left of them. */
export interface ErasureProgress {
  requestedAt: Date;
  /** Names of the steps that are done, in order. */
  done: string[];
  total: number;
  person: Person | null;
  /** When the lead was changed last, as it was read; `null` once somebody else has deleted it. */
  leadUpdatedAt: Date | null;
}

export type Erasure = BackgroundJob<ErasureProgress>;

/** What an erasure is made of. */
export type ErasureStep =
  /** Who is it, and under which addresses? */
  | { kind: 'gather' }
  | { kind: 'guards' | 'erase' | 'sweep'; module: string }
  /** The lead itself goes. */
  | { kind: 'lead' };

export const nameOf = (step: ErasureStep): string => ('module' in step ? `${step.kind} ${step.module}` : step.kind);

/**
 * The steps, in their order: all guards stand under their hashes before anything is removed, and the lead
 * goes after everything by which it is found. What came in meanwhile is swept up at the end.
 */
export function stepsOf(modules: ReadonlyMap<string, PersonalDataOf>): ErasureStep[] {
  const names = [...modules.keys()];
  const guards = names.filter((name) => 'keepGuards' in modules.get(name)!);
  return [
    { kind: 'gather' },
    ...guards.map((module) => ({ kind: 'guards', module }) as const),
    ...names.map((module) => ({ kind: 'erase', module }) as const),
    { kind: 'lead' },
    ...names.map((module) => ({ kind: 'sweep', module }) as const),
  ];
}
