import { CommandError } from '../errors';
import type { Filter } from '../query/filter';
import { isPosition, MISSING } from '../query/paths';
import { shownValue } from '../storage/documents';
import { type Doc, has, isDoc, setField, typeName } from '../values/types';

export interface UpdateContext {
  arrayFilters: ReadonlyMap<string, Filter>;
  inserting: boolean;
  /** Set by what MongoDB counts as a change even where everything stays as it was. */
  counts?: boolean;
}

/** What an operator does to the value at a path. */
export interface Change {
  /** From the present value (MISSING where there is none) to the new one; MISSING takes the field away. */
  apply?(value: unknown, context: UpdateContext): unknown;
  /** Is nothing done where the path does not exist? */
  onlyExisting?: boolean;
  /** Is a path that could not be there an error nevertheless? */
  viable?: boolean;
  /** Moves the value to this path. */
  renameTo?: string;
}

type Container = Doc | unknown[];

/** Applies a change at a path; `$[]` and `$[name]` lead to several places. */
export function eachTarget(document: Doc, path: string, change: Change, context: UpdateContext): void {
  if (change.renameTo !== undefined) rename(document, path, change.renameTo, context);
  else descend(document, path.split('.'), 0, change, context);
}

function descend(container: Container, parts: readonly string[], at: number, change: Change, context: UpdateContext): void {
  const name = parts[at]!;
  if (name.startsWith('$[')) return everyElement(container, parts, at, change, context);
  if (Array.isArray(container) && !isPosition(name)) {
    if (change.onlyExisting && !change.viable) return;
    throw notViable(`Cannot create field '${name}' in element {${parts[at - 1] ?? ''}: ${shownValue(container)}}`);
  }
  const exists = Array.isArray(container) ? Number(name) < container.length : has(container, name);
  const value = exists ? (container as Doc)[name] : MISSING;
  if (at === parts.length - 1) return finish(container, name, value, change, context);
  if (!exists) {
    if (change.onlyExisting) return;
    if (parts[at + 1]!.startsWith('$['))
      throw new CommandError(
        2,
        `The path '${parts.slice(0, at + 1).join('.')}' must exist in the document in order to apply array updates.`,
      );
    const inner: Doc = {};
    descend(inner, parts, at + 1, change, context);
    return put(container, name, inner);
  }
  if (!isDoc(value) && !Array.isArray(value)) {
    if (change.onlyExisting && !change.viable) return;
    if (parts[at + 1]!.startsWith('$['))
      throw new CommandError(2, `Cannot apply array updates to non-array element ${name}: ${shownValue(value)}`);
    throw notViable(`Cannot create field '${parts[at + 1]}' in element {${name}: ${shownValue(value)}}`);
  }
  descend(value as Container, parts, at + 1, change, context);
}

const notViable = (message: string): CommandError => new CommandError(28, message);

function everyElement(container: Container, parts: readonly string[], at: number, change: Change, context: UpdateContext): void {
  if (!Array.isArray(container))
    throw new CommandError(2, `Cannot apply array updates to non-array element ${parts[at - 1]}: ${shownValue(container)}`);
  const name = parts[at]!.slice(2, -1);
  const filter = name === '' ? undefined : context.arrayFilters.get(name);
  for (let i = 0; i < container.length; i += 1) {
    if (filter && !filter.matches({ [name]: container[i] })) continue;
    if (at === parts.length - 1) finish(container, String(i), container[i], change, context);
    else {
      const element = container[i];
      if (isDoc(element) || Array.isArray(element)) descend(element as Container, parts, at + 1, change, context);
      else if (!change.onlyExisting)
        throw notViable(`Cannot create field '${parts[at + 1]}' in element {${i}: ${shownValue(element)}}`);
    }
  }
}

function finish(container: Container, name: string, value: unknown, change: Change, context: UpdateContext): void {
  if (value === MISSING && change.onlyExisting) return;
  const changed = change.apply!(value, context);
  if (changed !== MISSING) put(container, name, changed);
  else if (Array.isArray(container)) {
    container[Number(name)] = null;
    context.counts = true;
  } else delete container[name];
}

const MOST_PADDING = 1_500_000;

function put(container: Container, name: string, value: unknown): void {
  if (!Array.isArray(container)) return setField(container, name, value);
  const position = Number(name);
  if (position > container.length + MOST_PADDING) throw new CommandError(28, `can't backfill more than ${MOST_PADDING} elements`);
  while (container.length < position) container.push(null);
  container[position] = value;
}

function rename(document: Doc, from: string, to: string, context: UpdateContext): void {
  let moved: unknown = MISSING;
  refuseArrays(document, from, 'source');
  eachTarget(document, from, { onlyExisting: true, viable: true, apply: (value) => ((moved = value), MISSING) }, context);
  if (moved === MISSING) return;
  refuseArrays(document, to, 'destination');
  eachTarget(document, to, { apply: () => moved }, context);
}

function refuseArrays(document: Doc, path: string, which: string): void {
  const parts = path.split('.');
  let value: unknown = document;
  for (let i = 0; i < parts.length - 1; i += 1) {
    const part = parts[i]!;
    value = isDoc(value) && has(value, part) ? value[part] : undefined;
    if (!Array.isArray(value)) continue;
    if (which === 'source' && !isPosition(parts[i + 1]))
      throw notViable(`Cannot create field '${parts[i + 1]}' in element {${part}: ${shownValue(value)}}`);
    throw new CommandError(
      2,
      `The ${which} field cannot be an array element, '${path}' in doc has an array field called '${part}' of type ${typeName(value)}`,
    );
  }
}
