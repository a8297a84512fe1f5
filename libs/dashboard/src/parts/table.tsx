import type { ReactNode } from 'react';
import styles from './table.module.css';
import { ZoneHint } from './time';

interface Column<T> {
  head: string;
  cell: (row: T) => ReactNode;
  number?: boolean;
  nowrap?: boolean;
  /** Has times, whose zone stands in the head. */
  times?: boolean;
  /** Left out on windows that are narrower than a tablet's, or than a phone's held across. */
  from?: 'medium' | 'wide';
}

interface TableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
}

export function Table<T>({ label, columns, rows, keyOf }: TableProps<T>): ReactNode {
  const classOf = ({ number, from, nowrap }: Column<T>) =>
    [
      number ? styles.number : '',
      nowrap ? styles.nowrap : '',
      from === 'medium' ? styles.medium : '',
      from ? styles.wide : '',
    ].join(' ');
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.head} scope="col" className={classOf(column)}>
              {column.head} {column.times && <ZoneHint />}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.head} className={classOf(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
