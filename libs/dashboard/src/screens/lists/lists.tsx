import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { Writers } from '../../app/writers';
import { Button, buttonClass } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { TextField } from '../../parts/field';
import { Card, Empty, layout, Page, Shown } from '../../parts/layout';
import { Table } from '../../parts/table';
import { Time } from '../../parts/time';
import { toast } from '../../parts/toasts';
import { count, many } from '../../parts/words';
import { listsQuery } from '../leads/leads';

type List = Schemas['List'];

export function Lists(): ReactNode {
  const lists = useQuery(listsQuery);
  const [edited, setEdited] = useState<List | 'new' | null>(null);
  const [deleted, setDeleted] = useState<List | null>(null);
  return (
    <Page
      title="Lists"
      lead="A list holds the people of one audience. A campaign writes to one list."
      actions={
        <Button writes kind="primary" onClick={() => setEdited('new')}>
          New list
        </Button>
      }
    >
      <Card flush>
        <Shown query={lists}>
          {({ lists: rows }) =>
            rows.length === 0 ? (
              <Empty
                title="No lists yet"
                action={
                  <Writers>
                    <Link to="/imports/new" className={buttonClass('primary')}>
                      Import a file into a list
                    </Link>
                  </Writers>
                }
              >
                An import makes one, or begin with an empty list and add people one by one.
              </Empty>
            ) : (
              <Table
                label="Lists"
                rows={rows}
                keyOf={({ _id }) => _id}
                columns={[
                  {
                    head: 'Name',
                    cell: (list) => (
                      <>
                        <Link to="/leads" search={{ list: list._id }}>
                          {list.name}
                        </Link>
                        {list.description && <div className={`${layout.tiny} ${layout.muted}`}>{list.description}</div>}
                      </>
                    ),
                  },
                  { head: 'Leads', number: true, cell: ({ leadCount }) => count(leadCount) },
                  {
                    head: 'Created',
                    from: 'wide',
                    nowrap: true,
                    times: true,
                    cell: ({ createdAt }) => <Time inColumn at={createdAt} />,
                  },
                  {
                    head: '',
                    number: true,
                    cell: (list) => (
                      <>
                        <Button writes small kind="quiet" aria-label={`Edit ${list.name}`} onClick={() => setEdited(list)}>
                          Edit
                        </Button>
                        <Button writes small kind="quiet" aria-label={`Delete ${list.name}`} onClick={() => setDeleted(list)}>
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
      </Card>
      {edited && <ListDialog list={edited === 'new' ? null : edited} close={() => setEdited(null)} />}
      {deleted && <DeleteList list={deleted} close={() => setDeleted(null)} />}
    </Page>
  );
}

function ListDialog({ list, close }: { list: List | null; close: () => void }): ReactNode {
  const [name, setName] = useState(list?.name ?? '');
  const [description, setDescription] = useState(list?.description ?? '');
  const queries = useQueryClient();
  const save = async () => {
    const body = { name, description: description || null };
    if (list) await ask(tuco.PATCH('/api/lists/{id}', { params: { path: { id: list._id } }, body }));
    else await ask(tuco.POST('/api/lists', { body }));
    await queries.invalidateQueries({ queryKey: ['lists'] });
  };
  return (
    <Dialog
      title={list ? 'Edit list' : 'New list'}
      submit={list ? 'Save list' : 'Create list'}
      disabled={name.trim() === ''}
      close={close}
      onSubmit={save}
    >
      <TextField label="Name" autoFocus value={name} onText={setName} />
      <TextField label="Description" optional value={description} onText={setDescription} />
    </Dialog>
  );
}

function DeleteList({ list, close }: { list: List; close: () => void }): ReactNode {
  const queries = useQueryClient();
  const remove = async () => {
    const query = list.leadCount > 0 ? { deleteLeads: true } : {};
    await ask(tuco.DELETE('/api/lists/{id}', { params: { path: { id: list._id }, query } }));
    toast(`${list.name} is deleted.`);
    await queries.invalidateQueries({ queryKey: ['lists'] });
    await queries.invalidateQueries({ queryKey: ['leads'] });
  };
  const people = many(list.leadCount, 'lead');
  return (
    <Dialog
      title={`Delete ${list.name}?`}
      submit={list.leadCount > 0 ? `Delete the list and ${people}` : 'Delete the list'}
      danger
      close={close}
      onSubmit={remove}
    >
      <p>
        {list.leadCount === 0
          ? 'The list is empty.'
          : `The list has ${people}. Those who are in no other list are deleted with it, and what is planned for them is cancelled. Messages that went out stay in the history.`}
      </p>
      <p>A list that a campaign uses cannot be deleted. This cannot be undone.</p>
    </Dialog>
  );
}
