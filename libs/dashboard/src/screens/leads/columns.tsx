import { createColumnHelper, type VisibilityState } from '@tanstack/react-table';
import type { Schemas } from '../../app/api';
import { Badge } from '../../parts/layout';
import { RowLink } from '../../parts/row-link';
import { Time } from '../../parts/time';
import { availabilityTone, nameOf, plainWords } from '../../parts/words';

export type Lead = Schemas['Lead'];

const column = createColumnHelper<Lead>();
const none = '–';
/** There are no other columns than the name. */
const NO_COLUMNS = 'name';

/** How wide a column is, as a track of a grid, and from which width of the table it is shown. */
export const TRACKS: Record<string, { track: string; from: number }> = {
  name: { track: 'minmax(9rem, 1.3fr)', from: 0 },
  companyName: { track: 'minmax(8rem, 1.1fr)', from: 720 },
  phone: { track: 'minmax(8.5rem, 0.9fr)', from: 320 },
  email: { track: 'minmax(10rem, 1.4fr)', from: 880 },
  jobTitle: { track: 'minmax(8rem, 1fr)', from: 720 },
  availability: { track: 'minmax(7rem, 0.7fr)', from: 620 },
  source: { track: 'minmax(6rem, 0.7fr)', from: 720 },
  externalId: { track: 'minmax(7rem, 0.8fr)', from: 720 },
  updatedAt: { track: 'minmax(11rem, 0.9fr)', from: 980 },
};

const HIDDEN_AT_FIRST: ReadonlySet<string> = new Set(['jobTitle', 'source', 'externalId']);

export const columns = [
  column.display({
    id: 'name',
    header: 'Name',
    enableHiding: false,
    cell: ({ row }) => <RowLink to={`/leads/${row.original._id}`}>{nameOf(row.original)}</RowLink>,
  }),
  column.accessor('companyName', { header: 'Company', cell: (cell) => cell.getValue() ?? none }),
  column.accessor('phone', { header: 'Phone', cell: (cell) => cell.getValue() ?? none }),
  column.accessor('email', { header: 'E-mail', cell: (cell) => cell.getValue() ?? none }),
  column.accessor('jobTitle', { header: 'Job title', cell: (cell) => cell.getValue() ?? none }),
  column.accessor('availabilityStatus', {
    id: 'availability',
    header: 'iMessage',
    cell: (cell) => {
      const status = cell.getValue();
      return status ? <Badge tone={availabilityTone[status]}>{plainWords(status)}</Badge> : 'Not checked';
    },
  }),
  column.accessor('source', { header: 'Source', cell: (cell) => cell.getValue() ?? none }),
  column.accessor('externalId', { header: 'External id', cell: (cell) => cell.getValue() ?? none }),
  column.accessor('updatedAt', { header: 'Changed', cell: (cell) => <Time inColumn at={cell.getValue()} /> }),
];

/** Those that can be chosen, with their names. */
export const CHOICES: readonly (readonly [id: string, name: string])[] = columns
  .filter(({ enableHiding }) => enableHiding !== false)
  .map((one) => [one.id ?? ('accessorKey' in one ? String(one.accessorKey) : ''), String(one.header)]);

const AT_FIRST = CHOICES.map(([id]) => id).filter((id) => !HIDDEN_AT_FIRST.has(id));

/** Which are shown, by what stands in the URL. */
export function visibleColumns(inUrl: string | undefined): VisibilityState {
  const shown = new Set(inUrl === undefined ? AT_FIRST : inUrl.split(','));
  return Object.fromEntries(CHOICES.map(([id]) => [id, shown.has(id)]));
}

/** What stands in the URL for them; nothing where they are those that are shown at first. */
export function columnsInUrl(visible: VisibilityState): string | undefined {
  const shown = CHOICES.map(([id]) => id).filter((id) => visible[id] !== false);
  if (shown.join() === AT_FIRST.join()) return undefined;
  return shown.length > 0 ? shown.join(',') : NO_COLUMNS;
}
