import { kindOfPhone } from '#libs/column-names';
import type { ContactField } from '../../leads/domain';
import { contactFieldsOf } from './guessed-columns';
import type { KindOfContact, Target } from './target';

/**
 * Which field each cell of a column of contacts goes to, by the number of the column; the others go to none.
 */
export function contactFieldsOfRow(cells: readonly string[], targets: readonly Target[]): Map<number, ContactField> {
  const fields = new Map<number, ContactField>();
  if (!targets.some(({ kind }) => kind === 'contact')) return fields;
  for (const kind of ['phone', 'email'] as const) {
    const free = freeFields(kind, targets);
    contactsOf(kind, cells, targets)
      .slice(0, free.length)
      .forEach((index, place) => fields.set(index, free[place]!));
  }
  return fields;
}

function freeFields(kind: KindOfContact, targets: readonly Target[]): ContactField[] {
  const taken = new Set(targets.map((target) => (target.kind === 'field' ? target.field : null)));
  return contactFieldsOf(kind).filter((field) => !taken.has(field));
}

/**
 * The columns that hold one in this row: mobiles first, without fax and pager, else in the order of the
 * columns.
 */
function contactsOf(kind: KindOfContact, cells: readonly string[], targets: readonly Target[]): number[] {
  const kinds = new Map<number, ReturnType<typeof kindOfPhone>>();
  targets.forEach((target, index) => target.kind === 'type' && kinds.set(target.of, kindOfPhone(cells[index] ?? '')));
  const behind = (index: number) => (kind === 'phone' && kinds.get(index) === 'mobile' ? 0 : 1);
  return targets
    .flatMap((target, index) => (target.kind === 'contact' && target.of === kind ? [{ index, place: target.place }] : []))
    .filter(({ index }) => (cells[index] ?? '').trim() !== '' && (kind === 'email' || kinds.get(index) !== 'no phone'))
    .sort((a, b) => behind(a.index) - behind(b.index) || a.place - b.place)
    .map(({ index }) => index);
}
