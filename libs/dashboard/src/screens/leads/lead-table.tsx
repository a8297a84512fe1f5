import { flexRender, getCoreRowModel, type Row, useReactTable, type VisibilityState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, memo, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ZoneHint } from '../../parts/time';
import { columns, type Lead, TRACKS } from './columns';
import styles from './leads.module.css';

const ROW_HEIGHT = 44;
const READ_AHEAD = 30;

interface Props {
  leads: readonly Lead[];
  visible: VisibilityState;
  picked: ReadonlySet<string>;
  pick: (ids: ReadonlySet<string>) => void;
  hasMore: boolean;
  more: () => void;
}

/** Any number of rows, of which only those in sight are on the page. More are read before their end shows. */
export function LeadTable({ leads, visible, picked, pick, hasMore, more }: Props): ReactNode {
  const scroll = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const seen = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    if (scroll.current) seen.observe(scroll.current);
    return () => seen.disconnect();
  }, []);

  const fitting = Object.fromEntries(
    Object.entries(TRACKS).map(([id, { from }]) => [id, width >= from && visible[id] !== false]),
  );
  const virtual = useVirtualizer({
    count: leads.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0]?.index ?? 0, (items.at(-1)?.index ?? -1) + 1];
  // The table knows of the rows in sight alone: what it costs does not grow with what was scrolled by.
  const inSight = useMemo(() => leads.slice(from, to), [leads, from, to]);
  const table = useReactTable({
    data: inSight,
    columns,
    state: { columnVisibility: fitting },
    getRowId: ({ _id }) => _id,
    getCoreRowModel: getCoreRowModel(),
  });
  const rows = table.getRowModel().rows;
  useEffect(() => {
    if (hasMore && to >= leads.length - READ_AHEAD) more();
  }, [hasMore, to, leads.length, more]);

  const columnTracks = table
    .getVisibleLeafColumns()
    .map(({ id }) => TRACKS[id]?.track)
    .join(' ');
  const isAll = picked.size >= leads.length && leads.length > 0 && leads.every(({ _id }) => picked.has(_id));
  const current = useRef(picked);
  current.current = picked;
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(current.current);
      if (!next.delete(id)) next.add(id);
      pick(next);
    },
    [pick],
  );
  return (
    <div
      className={styles.scroll}
      ref={scroll}
      role="table"
      aria-label="Leads"
      aria-rowcount={hasMore ? -1 : leads.length + 1}
      style={{ '--columns': columnTracks } as CSSProperties}
    >
      <div role="rowgroup">
        {table.getHeaderGroups().map((group) => (
          <div key={group.id} role="row" className={`${styles.line} ${styles.headLine}`}>
            <span role="columnheader" className={styles.pick}>
              <input
                type="checkbox"
                aria-label="Pick all that are loaded"
                checked={isAll}
                onChange={() => pick(new Set(isAll ? [] : leads.map(({ _id }) => _id)))}
              />
            </span>
            {group.headers.map((header) => (
              <span key={header.id} role="columnheader">
                {flexRender(header.column.columnDef.header, header.getContext())}{' '}
                {header.column.id === 'updatedAt' && <ZoneHint />}
              </span>
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const row = rows[index - from];
          return (
            row && (
              <Line
                key={row.id}
                row={row}
                columns={columnTracks}
                place={index + 2}
                start={start}
                isPicked={picked.has(row.id)}
                toggle={toggle}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface LineProps {
  row: Row<Lead>;
  /** Which are shown. */
  columns: string;
  place: number;
  start: number;
  isPicked: boolean;
  toggle: (id: string) => void;
}

/** A row is made anew with all that are in sight, and looks the same while its lead and the columns are. */
const Line = memo(
  function Line({ row, place, start, isPicked, toggle }: LineProps): ReactNode {
    return (
      <div
        role="row"
        aria-rowindex={place}
        className={`${styles.line} ${styles.row}`}
        data-picked={isPicked}
        style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
      >
        <span role="cell" className={styles.pick}>
          <input type="checkbox" aria-label="Pick" checked={isPicked} onChange={() => toggle(row.id)} />
        </span>
        {row.getVisibleCells().map((cell) => (
          <span key={cell.id} role="cell">
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </span>
        ))}
      </div>
    );
  },
  ({ row: before, ...one }, { row: after, ...other }) =>
    before.original === after.original && (Object.keys(one) as (keyof typeof one)[]).every((name) => one[name] === other[name]),
);
