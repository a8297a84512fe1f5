import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../app/api';
import { layout, Note } from '../../parts/layout';
import { Time } from '../../parts/time';

type Alert = Schemas['Alert'];

/** What needs somebody, each with its cure. */
export function Alerts({ alerts }: { alerts: readonly Alert[] }): ReactNode {
  if (alerts.length === 0) return null;
  return (
    <div className={layout.stack}>
      {alerts.map((alert) => (
        <Note
          key={`${alert.kind} ${alert.subjectId}`}
          tone={alert.severity === 'error' ? 'bad' : 'warn'}
          action={<Cure kind={alert.kind} id={alert.subjectId ?? ''} />}
        >
          <span className={layout.strong}>{alert.message}</span>
          {alert.since && (
            <span className={layout.muted}>
              {' '}
              · since <Time at={alert.since} />
            </span>
          )}
          <div className={layout.small}>{alert.cure}</div>
        </Note>
      ))}
    </div>
  );
}

/** Where the cure begins. */
function Cure({ kind, id }: { kind: Alert['kind']; id: string }): ReactNode {
  switch (kind) {
    case 'line_unhealthy':
      return (
        <Link to="/lines/$id" params={{ id }}>
          Look at the line
        </Link>
      );
    case 'webhook_disabled':
      return (
        <Link to="/developers/webhooks/$id" params={{ id }}>
          Look at its deliveries
        </Link>
      );
    case 'import_failed':
      return (
        <Link to="/imports/$id" params={{ id }}>
          See its report
        </Link>
      );
    case 'unknown_outcomes':
      return (
        <Link to="/messages" search={{ status: 'unknown' }}>
          Resolve
        </Link>
      );
    case 'read_only':
      return null;
  }
}
