import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask, tuco } from '../../app/api';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { SelectField } from '../../parts/field';
import { useFirst } from '../../parts/first';
import { layout, Progress } from '../../parts/layout';
import { toast, toastError } from '../../parts/toasts';
import { count, many } from '../../parts/words';

type Action = 'delete' | 'enroll';

/** What is done with all leads that were picked. */
export function BulkActions({ ids, done }: { ids: readonly string[]; done: () => void }): ReactNode {
  const [action, setAction] = useState<Action | null>(null);
  const [isChecking, setChecking] = useState(false);
  const close = () => setAction(null);
  const check = async () => {
    setChecking(true);
    try {
      const answer = await ask(tuco.POST('/api/leads/check-availability', { body: { leadIds: [...ids] } }));
      const isLater = 'jobId' in answer;
      toast(isLater ? `Asking about ${many(ids.length, 'lead')}; the table shows each answer as it comes.` : 'Checked.');
      done();
    } catch (error) {
      toastError(error);
    } finally {
      setChecking(false);
    }
  };
  return (
    <div className={layout.row}>
      <span>{count(ids.length)} picked</span>
      <Button writes small busy={isChecking} onClick={() => void check()}>
        Check iMessage
      </Button>
      <Button writes small onClick={() => setAction('enroll')}>
        Add to a campaign
      </Button>
      <Button writes small kind="danger" onClick={() => setAction('delete')}>
        Delete
      </Button>
      {action === 'delete' && <DeleteDialog ids={ids} close={close} done={done} />}
      {action === 'enroll' && <EnrollDialog ids={ids} close={close} done={done} />}
    </div>
  );
}

interface DialogProps {
  ids: readonly string[];
  close: () => void;
  done: () => void;
}

function DeleteDialog({ ids, close, done }: DialogProps): ReactNode {
  const queries = useQueryClient();
  const remove = async () => {
    const { deletedCount } = await ask(tuco.DELETE('/api/leads', { body: { ids: [...ids] } }));
    toast(`${many(deletedCount, 'lead')} deleted.`);
    done();
    await queries.invalidateQueries({ queryKey: ['leads'] });
  };
  return (
    <Dialog
      title={`Delete ${many(ids.length, 'lead')}?`}
      submit={`Delete ${many(ids.length, 'lead')}`}
      danger
      close={close}
      onSubmit={remove}
    >
      <p>
        They leave their lists and campaigns, and what is planned for them is cancelled. Messages that went out stay in the
        history, and suppressions stay in force. This cannot be undone.
      </p>
    </Dialog>
  );
}

function EnrollDialog({ ids, close, done }: DialogProps): ReactNode {
  const [campaign, setCampaign] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const campaigns = useQuery({
    queryKey: ['campaigns', 'active'],
    queryFn: () => ask(tuco.GET('/api/campaigns', { params: { query: { status: 'active', limit: 200 } } })),
  });
  const options = campaigns.data?.campaigns.map(({ _id, name }) => [_id, name] as const) ?? [];
  const first = useFirst(options[0]?.[0]);
  const chosen = campaign || first || '';
  const enroll = async () => {
    let added = 0;
    for (const [index, leadId] of ids.entries()) {
      setAt(index);
      const answer = await ask(tuco.POST('/api/campaigns/{id}/leads', { params: { path: { id: chosen } }, body: { leadId } }));
      if (answer.messageCount > 0) added += 1;
    }
    toast(
      `${many(added, 'lead')} added. ${added < ids.length ? 'The others were in it already, or must not be written to.' : ''}`,
    );
    done();
  };
  return (
    <Dialog
      title={`Add ${many(ids.length, 'lead')} to a campaign`}
      submit="Add to the campaign"
      disabled={!chosen}
      close={close}
      onSubmit={enroll}
    >
      {options.length === 0 ? (
        <p>No campaign is running. Launch one first; then people can be added to it.</p>
      ) : (
        <SelectField
          label="Campaign"
          value={chosen}
          options={options}
          onPick={setCampaign}
          help="Its first step goes out as soon as its timing and its lines allow."
        />
      )}
      {at !== null && <Progress label="Leads that were added" percent={(at / ids.length) * 100} />}
    </Dialog>
  );
}
