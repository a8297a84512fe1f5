import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, tuco } from '../../app/api';
import { linesQuery } from '../../app/queries';
import { Button } from '../../parts/button';
import { Badge, Card, Empty, layout, Page, Progress, Shown } from '../../parts/layout';
import { Table } from '../../parts/table';
import { channelName, count, healthTone, healthWords, nameOf, plainWords } from '../../parts/words';
import { AddLine } from './add-line';

export const accountsQuery = {
  queryKey: ['accounts'],
  queryFn: () => ask(tuco.GET('/api/accounts', { params: { query: { limit: 200 } } })),
};

export function Lines(): ReactNode {
  const lines = useQuery(linesQuery);
  const accounts = useQuery(accountsQuery);
  const [isAdding, setAdding] = useState(false);
  // An account that lets a line work works, also where nobody has asked for itself.
  const healthy = lines.data?.lines.filter(({ healthCheck }) => healthCheck.status === 'healthy') ?? [];
  const worksFor = new Set(healthy.map(({ accountId }) => accountId));
  const action = (
    <Button writes kind="primary" onClick={() => setAdding(true)}>
      Add a line
    </Button>
  );
  return (
    <Page
      title="Lines"
      lead="A line is a number or an address that messages are sent from. It belongs to an account at a provider."
      actions={action}
    >
      <Card flush>
        <Shown query={lines}>
          {({ lines: rows }) =>
            rows.length === 0 ? (
              <Empty title="No line yet" action={action}>
                You need at least one before a campaign can send: an iMessage bridge on a Mac, or a number at an SMS provider.
              </Empty>
            ) : (
              <Table
                label="Lines"
                rows={rows}
                keyOf={({ _id }) => _id}
                columns={[
                  {
                    head: 'Line',
                    cell: (line) => (
                      <>
                        <Link to="/lines/$id" params={{ id: line._id }}>
                          {nameOf(line)}
                        </Link>
                        <div className={`${layout.tiny} ${layout.muted}`}>{line.phone ?? line.email}</div>
                      </>
                    ),
                  },
                  { head: 'Channel', from: 'wide', cell: ({ channel }) => channelName(channel) },
                  {
                    head: 'Health',
                    cell: ({ healthCheck: { status, reason }, isActive }) => (
                      <>
                        <Badge tone={isActive ? healthTone[status] : 'plain'}>
                          {isActive ? healthWords[status] : 'Switched off'}
                        </Badge>
                        {isActive && reason && <div className={`${layout.tiny} ${layout.muted}`}>{reason}</div>}
                      </>
                    ),
                  },
                  {
                    head: 'Sent today',
                    from: 'wide',
                    cell: (line) => (
                      <div className={`${layout.stack} ${layout.tight}`}>
                        {line.dailyLimitToday !== null && (
                          <Progress
                            label={`Messages of ${nameOf(line)} today`}
                            percent={(line.usage.totalMessagesCount / Math.max(1, line.dailyLimitToday)) * 100}
                          />
                        )}
                        <span className={`${layout.tiny} ${layout.muted}`}>
                          {count(line.usage.totalMessagesCount)}
                          {line.dailyLimitToday !== null && ` of ${count(line.dailyLimitToday)}`}
                        </span>
                      </div>
                    ),
                  },
                  {
                    head: 'First touches',
                    number: true,
                    from: 'medium',
                    cell: (line) =>
                      `${count(line.usage.newConversationsCount)}${line.dailyNewConversationsLimit === null ? '' : ` of ${count(line.dailyNewConversationsLimit)}`}`,
                  },
                ]}
              />
            )
          }
        </Shown>
      </Card>
      <Card title="Accounts" flush>
        <Shown query={accounts}>
          {({ accounts: rows }) =>
            rows.length === 0 ? (
              <Empty title="No account yet">An account holds the credentials at a provider. Adding a line makes one.</Empty>
            ) : (
              <Table
                label="Accounts"
                rows={rows}
                keyOf={({ _id }) => _id}
                columns={[
                  { head: 'Account', cell: ({ name, deviceId, provider }) => name || deviceId || provider },
                  { head: 'Provider', cell: ({ provider, channel }) => `${plainWords(provider)} (${channelName(channel)})` },
                  {
                    head: 'Health',
                    from: 'wide',
                    cell: ({ _id, healthCheck: { status, reason } }) => {
                      const shown = status === 'unknown' && worksFor.has(_id) ? 'healthy' : status;
                      return (
                        <>
                          <Badge tone={healthTone[shown]}>{healthWords[shown]}</Badge>
                          {reason && <div className={`${layout.tiny} ${layout.muted}`}>{reason}</div>}
                        </>
                      );
                    },
                  },
                ]}
              />
            )
          }
        </Shown>
      </Card>
      {isAdding && accounts.data && <AddLine accounts={accounts.data.accounts} close={() => setAdding(false)} />}
    </Page>
  );
}
