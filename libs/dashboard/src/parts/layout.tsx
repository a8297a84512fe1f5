import type { ReactNode } from 'react';
import { messageOf } from '../app/api';
import { Button } from './button';
import styles from './layout.module.css';

export { styles as layout };

interface PageProps {
  title: ReactNode;
  /** Where this belongs, above the title. */
  crumb?: ReactNode;
  badge?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  /** Uses all of the window. */
  wide?: boolean;
  children: ReactNode;
}

export function Page({ title, crumb, badge, lead, actions, wide, children }: PageProps): ReactNode {
  return (
    <div className={`${styles.page} ${wide ? styles.wide : ''}`}>
      <header className={styles.head}>
        <div className={styles.titles}>
          {crumb && <div className={styles.crumb}>{crumb}</div>}
          <div className={styles.title}>
            <h1>{title}</h1>
            {badge}
          </div>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.row}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface CardProps {
  title?: ReactNode;
  actions?: ReactNode;
  /** What is inside reaches the border. */
  flush?: boolean;
  children: ReactNode;
}

export function Card({ title, actions, flush, children }: CardProps): ReactNode {
  return (
    <section className={styles.card}>
      {title && (
        <div className={styles.cardHead}>
          <h2>{title}</h2>
          {actions && <div className={styles.row}>{actions}</div>}
        </div>
      )}
      <div className={`${styles.cardBody} ${flush ? styles.flush : ''}`}>{children}</div>
    </section>
  );
}

export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className={styles.empty}>
      <h3>{title}</h3>
      <p>{children}</p>
      {action}
    </div>
  );
}

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain';

export function Note({ tone, children, action }: { tone: Tone; children: ReactNode; action?: ReactNode }): ReactNode {
  return (
    <div className={`${styles.note} ${styles[tone]}`} role={tone === 'bad' ? 'alert' : undefined}>
      <div>{children}</div>
      {action}
    </div>
  );
}

/** What failed, in words, and how to try again. */
export function Failure({ error, again }: { error: unknown; again?: () => void }): ReactNode {
  return (
    <Note
      tone="bad"
      action={
        again && (
          <Button small onClick={again}>
            Try again
          </Button>
        )
      }
    >
      {messageOf(error)}
    </Note>
  );
}

export function Loading({ rows = 4 }: { rows?: number }): ReactNode {
  return (
    <div className={styles.cardBody} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.skeleton} style={{ width: `${92 - ((index * 17) % 40)}%` }} />
      ))}
    </div>
  );
}

export function Badge({ tone, children }: { tone: Tone; children: ReactNode }): ReactNode {
  return <span className={`${styles.badge} ${styles[tone]}`}>{children}</span>;
}

export function Progress({ percent, label }: { percent: number; label: string }): ReactNode {
  const whole = Math.min(100, Math.max(0, Math.round(percent)));
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuenow={whole}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div className={styles.bar} style={{ width: `${whole}%` }} />
    </div>
  );
}

export function Stat({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className={styles.stat}>
      <span className={styles.statLabel}>{label}</span>
      <span className={styles.statValue}>{children}</span>
    </div>
  );
}

interface QueryLike<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

interface ShownProps<T> {
  query: QueryLike<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}

/** What a query gave; while there is nothing yet, that it is loading, or why it failed. */
export function Shown<T>({ query, rows, children }: ShownProps<T>): ReactNode {
  if (query.data !== undefined) return children(query.data);
  if (query.isPending) return <Loading rows={rows} />;
  return (
    <div className={styles.cardBody}>
      <Failure error={query.error} again={() => void query.refetch()} />
    </div>
  );
}
