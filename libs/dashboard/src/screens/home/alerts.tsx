import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, tuco } from '../../app/api';
import { linesQuery } from '../../app/queries';
import { workspaceQuery } from '../../app/shell';
import { layout, Note } from '../../parts/layout';
import { many, nameOf } from '../../parts/words';

const RECENT = { limit: 50 };
const LATELY_MS = 7 * 86_400_000;

const isLately = (at: string) => Date.now() - Date.parse(at) < LATELY_MS;

export const unknownOutcomesQuery = {
  queryKey: ['messages', 'unknown-outcomes'],
  queryFn: async () => {
    const { messages } = await ask(tuco.GET('/api/messages', { params: { query: { status: ['failed'], ...RECENT } } }));
    return messages.filter(({ code }) => code === 'OUTCOME_UNKNOWN');
  },
};

/** What needs somebody, each with its cure. */
export function Alerts(): ReactNode {
  const workspace = useQuery(workspaceQuery);
  const lines = useQuery(linesQuery);
  const webhooks = useQuery({ queryKey: ['webhooks'], queryFn: () => ask(tuco.GET('/api/webhooks')) });
  const imports = useQuery({
    queryKey: ['imports', 'recent'],
    queryFn: () => ask(tuco.GET('/api/leads/imports', { params: { query: RECENT } })),
  });
  const unknown = useQuery(unknownOutcomesQuery);

  const alerts: { key: string; tone: 'bad' | 'warn'; text: string; cure: ReactNode }[] = [];
  const readOnly = workspace.data?.readOnlyReason;
  if (readOnly) alerts.push({ key: 'read-only', tone: 'bad', text: `This workspace can only be read: ${readOnly}`, cure: null });
  for (const line of lines.data?.lines ?? []) {
    if (line.healthCheck.status !== 'unhealthy') continue;
    const cure = (
      <Link to="/lines/$id" params={{ id: line._id }}>
        Look at the line
      </Link>
    );
    const why = line.healthCheck.reason ? `: ${line.healthCheck.reason}` : '';
    alerts.push({ key: line._id, tone: 'bad', text: `${nameOf(line)} cannot send${why}`, cure });
  }
  for (const webhook of webhooks.data?.webhooks ?? []) {
    if (!webhook.disabledReason || webhook.disabledReason === 'by_user') continue;
    const cure = (
      <Link to="/developers/webhooks/$id" params={{ id: webhook.id }}>
        Look at its deliveries
      </Link>
    );
    alerts.push({
      key: webhook.id,
      tone: 'warn',
      text: `The webhook ${webhook.name} was disabled, since its calls failed`,
      cure,
    });
  }
  for (const one of imports.data?.imports ?? []) {
    if (one.state !== 'failed' || !isLately(one.createdAt)) continue;
    const cure = (
      <Link to="/imports/$id" params={{ id: one.importId }}>
        See why
      </Link>
    );
    alerts.push({ key: one.importId, tone: 'warn', text: `The import of ${one.fileName} failed`, cure });
  }
  if (unknown.data && unknown.data.length > 0) {
    const text = `Of ${many(unknown.data.length, 'message')} it is not known whether ${unknown.data.length === 1 ? 'it' : 'they'} went out`;
    const cure = (
      <Link to="/messages" search={{ status: 'unknown' }}>
        Resolve
      </Link>
    );
    alerts.push({ key: 'unknown', tone: 'warn', text, cure });
  }
  if (alerts.length === 0) return null;
  return (
    <div className={layout.stack}>
      {alerts.map(({ key, tone, text, cure }) => (
        <Note key={key} tone={tone} action={cure}>
          {text}
        </Note>
      ))}
    </div>
  );
}
