import { type AlertFacts, alertsOf } from './alert';

const NOTHING: AlertFacts = {
  readOnlyReason: null,
  lines: [],
  webhooks: [],
  imports: [],
  unknownOutcomes: { count: 0, isLowerBound: false },
};
const since = new Date('2026-03-01T10:00:00Z');

describe('alerts', () => {
  it('are none where nothing needs anybody', () => {
    expect(alertsOf(NOTHING)).toEqual([]);
  });

  it('have what does not work now before what can wait', () => {
    const alerts = alertsOf({
      readOnlyReason: 'the subscription has ended',
      lines: [{ id: 'l', name: 'Sam', reason: 'the bridge does not answer', since }],
      webhooks: [{ id: 'w', name: 'CRM', reason: 'gone', since: null }],
      imports: [{ id: 'i', fileName: 'people.csv', reason: null, since }],
      unknownOutcomes: { count: 3, isLowerBound: false },
    });
    expect(alerts.map(({ kind, severity, subjectId }) => [kind, severity, subjectId])).toEqual([
      ['read_only', 'error', null],
      ['line_unhealthy', 'error', 'l'],
      ['unknown_outcomes', 'warning', null],
      ['webhook_disabled', 'warning', 'w'],
      ['import_failed', 'warning', 'i'],
    ]);
    expect(alerts[1]).toMatchObject({ since, message: 'Sam cannot send: the bridge does not answer' });
  });
});
