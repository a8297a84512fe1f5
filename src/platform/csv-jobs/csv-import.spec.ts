import { workspaceId } from '../ids';
import { type CsvImport, type CsvProgress, toImportResponse } from './csv-import';

function shown(job: Partial<CsvImport>, progress: Partial<CsvProgress>) {
  const begun: CsvProgress = {
    fileId: '1',
    fileName: 'people.csv',
    size: 1_000,
    encoding: 'utf-8',
    delimiter: ',',
    columns: { names: ['email'], ours: false },
    place: { offset: 0, line: 1 } as CsvProgress['place'],
    record: 0,
    rows: 0,
    warnings: 0,
    admitted: true,
    activeMs: 0,
    ...progress,
  };
  const it: CsvImport = {
    id: '0'.repeat(24),
    kind: 'test',
    workspaceId: workspaceId('org_1'),
    subject: '1',
    state: 'running',
    reason: null,
    progress: begun,
    waitingUntil: null,
    createdAt: new Date(1),
    startedAt: new Date(2),
    finishedAt: null,
    ...job,
  };
  return toImportResponse(it, { saved: 7 });
}
const at = (offset: number) => ({ offset, line: 1 }) as CsvProgress['place'];

describe('an import as its client sees it', () => {
  it('is queued until it has a turn, and cannot tell how long it takes', () => {
    expect(shown({}, { admitted: false })).toMatchObject({ state: 'queued', percent: 0, rowsPerSecond: null, secondsLeft: null });
  });

  it('goes by the bytes that were read, and by the time at work', () => {
    const progress = { place: at(250), rows: 30, activeMs: 2_000 };
    expect(shown({}, progress)).toMatchObject({ state: 'running', percent: 25, rowsPerSecond: 15, secondsLeft: 6, saved: 7 });
  });

  it('is at 100 per cent only when all is done', () => {
    const progress = { place: at(1_000), rows: 30, activeMs: 1 };
    expect(shown({}, progress)).toMatchObject({ percent: 99.9, secondsLeft: 0 });
    expect(shown({ state: 'completed', finishedAt: new Date(3) }, progress)).toMatchObject({ percent: 100, secondsLeft: 0 });
  });

  it('reads a file twice of which all rows are checked first', () => {
    const from = at(10);
    const first = { place: at(500), rows: 1, activeMs: 1_000, checking: { from, rows: 20, isDone: false } };
    expect(shown({}, first)).toMatchObject({ percent: 25, checked: 20, rowsPerSecond: 20, secondsLeft: 3 });
    const second = { place: at(500), rows: 20, activeMs: 3_000, checking: { from, rows: 40, isDone: true } };
    expect(shown({}, second)).toMatchObject({ percent: 75, checked: 40, rowsPerSecond: 20, secondsLeft: 1 });
    expect(shown({}, {})).not.toHaveProperty('checked');
  });

  it('says why it failed, and not why it waits', () => {
    expect(shown({ state: 'failed', reason: 'gone' }, {})).toMatchObject({ state: 'failed', error: 'gone' });
    expect(shown({ reason: 'Others are running' }, {})).toMatchObject({ error: null });
  });
});
