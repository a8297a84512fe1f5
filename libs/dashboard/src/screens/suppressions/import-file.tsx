import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { operations } from '@tuco/client';
import { type ReactNode, useEffect, useState } from 'react';
import { ask, download, type Schemas, tuco } from '../../app/api';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { Failure, layout, Note, Progress } from '../../parts/layout';
import { toastError } from '../../parts/toasts';
import { many } from '../../parts/words';
import { isOver } from '../imports/states';

type Body = operations['importSuppressions']['requestBody']['content']['multipart/form-data'];
const POLL_MS = 700;

/** A list of suppressions from elsewhere, as a CSV. */
export function ImportSuppressions({ close }: { close: () => void }): ReactNode {
  const [id, setId] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const job = useQuery({
    queryKey: ['imports', 'suppressions', id],
    enabled: id !== null,
    queryFn: () => ask(tuco.GET('/api/suppressions/imports/{id}', { params: { path: { id: id! } } })),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : POLL_MS),
  });
  const isDone = job.data !== undefined && isOver(job.data.state);
  useEffect(() => {
    if (isDone) void queries.invalidateQueries({ queryKey: ['suppressions'] });
  }, [isDone, queries]);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setError(null);
    const form = new FormData();
    form.append('file', file, file.name);
    try {
      const answer = await ask(
        tuco.POST('/api/suppressions/imports', {
          body: form as unknown as Body,
          bodySerializer: (body) => body as unknown as FormData,
        }),
      );
      setId((answer as Schemas['StartedImport']).importId);
    } catch (failure) {
      setError(failure);
    }
  };
  const rejected = () =>
    void ask(tuco.GET('/api/suppressions/imports/{id}/rejected', { params: { path: { id: id! } }, parseAs: 'blob' }))
      .then((file) => download('rejected-suppressions.csv', file))
      .catch(toastError);
  return (
    <Dialog title="Import suppressions" close={close}>
      {!id && (
        <>
          <p>A CSV with a column of phones, e-mail addresses or domains. A column of reasons is read where there is one.</p>
          <input
            type="file"
            accept=".csv,.txt,text/csv"
            aria-label="File of suppressions"
            onChange={({ target }) => void send(target.files?.[0])}
          />
        </>
      )}
      {error !== null && <Failure error={error} />}
      {job.data && !isDone && <Progress label="Import of suppressions" percent={job.data.percent} />}
      {job.data && isDone && (
        <Note tone={job.data.error ? 'bad' : 'good'}>
          {job.data.error ?? `${many(job.data.saved, 'address', 'addresses')} added, ${job.data.existing} were here already.`}
        </Note>
      )}
      {job.data && isDone && job.data.invalid > 0 && (
        <div className={`${layout.row} ${layout.spread}`}>
          <span>{many(job.data.invalid, 'row')} could not be read.</span>
          <Button small onClick={rejected}>
            Download them
          </Button>
        </div>
      )}
    </Dialog>
  );
}
