import { createColumnHelper } from '@tanstack/react-table';
import type { Schemas } from '../../app/api';
import { Badge } from '../../parts/layout';
import { RowLink } from '../../parts/row-link';
import { Time } from '../../parts/time';
import { availabilityTone, nameOf, plainWords } from '../../parts/words';

export type Lead = Schemas['Lead'];

const column = createColumnHelper<Lead>();
const none = '–';

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

export const HIDDEN_AT_FIRST = { jobTitle: false, source: false, externalId: false };

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
  column.accessor('updatedAt', { header: 'Changed', cell: (cell) => <Time at={cell.getValue()} /> }),
];
