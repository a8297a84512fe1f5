import { ALERT_TEXTS } from './alerts.texts';

it('says in plain English what needs somebody', () => {
  expect([
    ALERT_TEXTS.read_only('the subscription has ended').message,
    ALERT_TEXTS.line_unhealthy('Sam Fox', 'the bridge does not answer').message,
    ALERT_TEXTS.line_unhealthy('Sam Fox', null).message,
    ALERT_TEXTS.webhook_disabled('CRM', 'gone').message,
    ALERT_TEXTS.webhook_disabled('CRM', 'failing').message,
    ALERT_TEXTS.import_failed('people.csv', 'its list was deleted').message,
    ALERT_TEXTS.import_failed('people.csv', null).message,
    ALERT_TEXTS.unknown_outcomes(1, false).message,
    ALERT_TEXTS.unknown_outcomes(2, false).message,
    ALERT_TEXTS.unknown_outcomes(1_000, true).message,
  ]).toEqual([
    'The workspace is read-only: the subscription has ended',
    'Sam Fox cannot send: the bridge does not answer',
    'Sam Fox cannot send',
    'The webhook CRM is disabled: its endpoint answered 410 Gone',
    'The webhook CRM is disabled: its endpoint has failed for five days',
    'The import of people.csv failed: its list was deleted',
    'The import of people.csv failed',
    'Nobody knows whether one message was sent',
    'Nobody knows whether 2 messages were sent',
    'Nobody knows whether 1000 or more messages were sent',
  ]);
});

it('says what can be done about it', () => {
  const cures = [
    ALERT_TEXTS.read_only(''),
    ALERT_TEXTS.line_unhealthy('', null),
    ALERT_TEXTS.webhook_disabled('', 'gone'),
    ALERT_TEXTS.import_failed('', null),
    ALERT_TEXTS.unknown_outcomes(1, false),
  ].map(({ cure }) => cure);
  expect(cures).toEqual([
    'Nothing is sent or changed until whoever runs this installation lifts it.',
    'Mend what the provider complains about. The line is probed by itself, and sends again as soon as it works.',
    'Mend the endpoint, send it a test, enable it, and replay what has failed.',
    'What it has saved stays. Correct the file, and import it again: people who are here already are not saved twice.',
    'Look at the device or at the provider, and say of each whether it was sent. Nothing is sent twice by itself.',
  ]);
});
