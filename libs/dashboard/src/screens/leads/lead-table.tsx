import { flexRender, getCoreRowModel, useReactTable, type VisibilityState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
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
  const table = useReactTable({
    data: leads as Lead[],
    columns,
    state: { columnVisibility: fitting },
    getRowId: ({ _id }) => _id,
    getCoreRowModel: getCoreRowModel(),
  });
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - READ_AHEAD) more();
  }, [hasMore, last, rows.length, more]);

  const tracks = {
    '--columns': table
      .getVisibleLeafColumns()
      .map(({ id }) => TRACKS[id]?.track)
      .join(' '),
  } as Record<string, string>;
  const isAll = leads.length > 0 && leads.every(({ _id }) => picked.has(_id));
  const toggle = (id: string) => {
    const next = new Set(picked);
    if (!next.delete(id)) next.add(id);
    pick(next);
  };
  return (
    <div
      className={styles.scroll}
      ref={scroll}
      role="table"
      aria-label="Leads"
      aria-rowcount={hasMore ? -1 : rows.length + 1}
      style={tracks}
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
                {flexRender(header.column.columnDef.header, header.getContext())}
              </span>
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const row = rows[index]!;
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={index + 2}
              className={`${styles.line} ${styles.row}`}
              data-picked={picked.has(row.id)}
              style={{ position: 'absolute', top: 0, left: 0, right: 0, transform: `translateY(${start}px)` }}
            >
              <span role="cell" className={styles.pick}>
                <input type="checkbox" aria-label="Pick" checked={picked.has(row.id)} onChange={() => toggle(row.id)} />
              </span>
              {row.getVisibleCells().map((cell) => (
                <span key={cell.id} role="cell">
                  {flexRender(cell.column.columnDef.cell, cell.getContext())}
                </span>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}
