import { sentIn } from './sent-messages';

describe("what Twilio's list says of messages", () => {
  const startedAt = new Date('2026-10-05T12:46:00Z');
  const sought = { to: '+14155550101', text: 'Hi', attachment: null, startedAt };
  const listed = (fields: object) => ({
    sid: `SM${'1'.repeat(32)}`,
    body: 'Hi',
    status: 'delivered',
    error_code: null,
    date_created: 'Mon, 05 Oct 2026 12:46:02 +0000',
    ...fields,
  });
  const errorOf = (fields: object) => sentIn([listed(fields)], sought)[0]!.error;

  it('one that went out has no error', () => {
    for (const status of ['accepted', 'queued', 'sending', 'sent', 'delivered']) expect(errorOf({ status })).toBeNull();
  });

  it('one that did not has one, also where Twilio gives no number', () => {
    expect(errorOf({ status: 'canceled' })).toEqual({ notOnChannel: false, code: 'TWILIO_CANCELED' });
    expect(errorOf({ status: 'failed' })).toEqual({ notOnChannel: false, code: 'TWILIO_FAILED' });
    expect(errorOf({ status: 'undelivered', error_code: 30004 })).toEqual({ notOnChannel: true, code: 'TWILIO_30004' });
  });

  it('one of another text, or from before the attempt, is none of ours', () => {
    expect(sentIn([listed({ body: 'Ho' }), listed({ date_created: 'Mon, 05 Oct 2026 12:40:00 +0000' }), null], sought)).toEqual(
      [],
    );
  });
});
