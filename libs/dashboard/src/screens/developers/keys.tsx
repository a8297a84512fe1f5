import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { Button, CopyText } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { CheckField, Choice, SelectField, TextField } from '../../parts/field';
import { Badge, Card, Empty, layout, Note, Shown } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { toast } from '../../parts/toasts';

type Key = Schemas['ApiKey'];
type Scope = Key['scopes'][number];

/** Each scope of the API in words; one that is missing here does not compile. */
const WORDS: Readonly<Record<Scope, string>> = {
  'leads:read': 'see leads, lists and imports',
  'leads:write': 'add, change and delete them',
  'campaigns:read': 'see campaigns and reports',
  'campaigns:write': 'make, change and pause campaigns',
  'campaigns:launch': 'launch and resume campaigns',
  'messages:read': 'see messages, replies and events',
  'messages:send': 'send and answer',
  'lines:read': 'see lines and accounts',
  'lines:write': 'add, change and remove them',
  'webhooks:manage': 'see and change webhooks',
  'suppressions:read': 'see who must not be written to',
  'suppressions:write': 'add and remove suppressions',
  'settings:manage': 'change the workspace',
  'keys:manage': 'make and delete keys',
  'audit:read': 'see who did what',
};
const SCOPES = Object.keys(WORDS) as Scope[];
const OVERLAPS = [
  ['0', 'Ends at once'],
  ['1', 'Works for an hour'],
  ['24', 'Works for a day'],
  ['168', 'Works for a week'],
] as const;

type Open = { what: 'new' } | { what: 'rotate' | 'delete'; key: Key };

export function Keys(): ReactNode {
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => ask(tuco.GET('/api/api-keys')) });
  const [open, setOpen] = useState<Open | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => setOpen(null);
  const action = (
    <Button kind="primary" onClick={() => setOpen({ what: 'new' })}>
      New key
    </Button>
  );
  return (
    <Card title="API keys" actions={action} flush>
      <Shown query={keys}>
        {({ apiKeys: rows }) =>
          rows.length === 0 ? (
            <Empty title="No keys yet">
              A key lets your own programs use the API. Give each the scopes that it needs, and no others.
            </Empty>
          ) : (
            <Table
              label="API keys"
              rows={rows}
              keyOf={({ _id }) => _id}
              columns={[
                {
                  head: 'Name',
                  cell: ({ name, ending, expiresAt, previousSecretUntil }) => (
                    <>
                      <span className={layout.strong}>{name}</span> <code>…{ending}</code>
                      {expiresAt && (
                        <div className={`${layout.tiny} ${layout.muted}`}>
                          ends <Time at={expiresAt} />
                        </div>
                      )}
                      {previousSecretUntil && (
                        <div className={`${layout.tiny} ${layout.muted}`}>
                          its old secret works until <Time at={previousSecretUntil} />
                        </div>
                      )}
                    </>
                  ),
                },
                {
                  head: 'Scopes',
                  from: 'wide',
                  cell: ({ scopes }) => (
                    <Badge tone="plain">
                      {scopes.length === SCOPES.length ? 'All scopes' : `${scopes.length} of ${SCOPES.length} scopes`}
                    </Badge>
                  ),
                },
                {
                  head: 'Last used',
                  from: 'medium',
                  nowrap: true,
                  times: true,
                  cell: ({ lastUsedAt }) => <Time inColumn at={lastUsedAt} none="Never" />,
                },
                {
                  head: '',
                  number: true,
                  cell: (key) => (
                    <>
                      <Button
                        small
                        kind="quiet"
                        aria-label={`Rotate ${key.name}`}
                        onClick={() => setOpen({ what: 'rotate', key })}
                      >
                        Rotate
                      </Button>
                      <Button
                        small
                        kind="quiet"
                        aria-label={`Delete ${key.name}`}
                        onClick={() => setOpen({ what: 'delete', key })}
                      >
                        Delete
                      </Button>
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Shown>
      {open?.what === 'new' && <NewKey close={close} made={setSecret} />}
      {open?.what === 'rotate' && <Rotate apiKey={open.key} close={close} made={setSecret} />}
      {open?.what === 'delete' && <Delete apiKey={open.key} close={close} />}
      {secret && (
        <Dialog title="Your key" close={() => setSecret(null)}>
          <Note tone="warn">Copy it now: it is not shown again.</Note>
          <CopyText text={secret} label="the key" />
        </Dialog>
      )}
    </Card>
  );
}

interface MadeProps {
  close: () => void;
  made: (secret: string) => void;
}

function NewKey({ close, made }: MadeProps): ReactNode {
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['leads:read', 'leads:write', 'messages:read']);
  const queries = useQueryClient();
  const create = async () => {
    const { key } = await ask(tuco.POST('/api/api-keys', { body: { name, scopes: [...scopes] } }));
    await queries.invalidateQueries({ queryKey: ['keys'] });
    made(key);
  };
  return (
    <Dialog
      title="New key"
      submit="Make key"
      disabled={name.trim() === '' || scopes.length === 0}
      close={close}
      onSubmit={create}
    >
      <TextField
        label="Name"
        autoFocus
        placeholder="CRM sync"
        value={name}
        onText={setName}
        help="What uses it, so that you know it later."
      />
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend className={layout.strong}>What it may do</legend>
        <div className={layout.grid} style={{ gap: '0.25rem', gridTemplateColumns: 'repeat(auto-fill, minmax(14rem, 1fr))' }}>
          {SCOPES.map((scope) => (
            <CheckField
              key={scope}
              label={<Choice name={scope} words={WORDS[scope]} />}
              checked={scopes.includes(scope)}
              onCheck={(isIn) => setScopes(isIn ? [...scopes, scope] : scopes.filter((one) => one !== scope))}
            />
          ))}
        </div>
      </fieldset>
    </Dialog>
  );
}

function Rotate({ apiKey, close, made }: MadeProps & { apiKey: Key }): ReactNode {
  const [hours, setHours] = useState('24');
  const queries = useQueryClient();
  const rotate = async () => {
    const params = { path: { id: apiKey._id } };
    const { key } = await ask(tuco.POST('/api/api-keys/{id}/rotate', { params, body: { overlapHours: Number(hours) } }));
    await queries.invalidateQueries({ queryKey: ['keys'] });
    made(key);
  };
  return (
    <Dialog title={`Rotate ${apiKey.name}?`} submit="Rotate" close={close} onSubmit={rotate}>
      <p>The key gets a new secret, with the same scopes.</p>
      <SelectField label="The old secret" value={hours} options={OVERLAPS} onPick={setHours} />
    </Dialog>
  );
}

function Delete({ apiKey, close }: { apiKey: Key; close: () => void }): ReactNode {
  const queries = useQueryClient();
  const remove = async () => {
    await ask(tuco.DELETE('/api/api-keys/{id}', { params: { path: { id: apiKey._id } } }));
    toast(`${apiKey.name} is deleted.`);
    await queries.invalidateQueries({ queryKey: ['keys'] });
  };
  return (
    <Dialog title={`Delete ${apiKey.name}?`} submit="Delete the key" danger close={close} onSubmit={remove}>
      <p>
        Programs that use it are refused at once. It was last used <Time at={apiKey.lastUsedAt} none="never" />. This cannot be
        undone.
      </p>
    </Dialog>
  );
}
