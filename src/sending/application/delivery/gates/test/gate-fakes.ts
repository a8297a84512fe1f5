import type { Lead } from '../../../../../leads';
import type { Line } from '../../../../../lines';
import { type Message, newMessage, TEXT_ALONE } from '../../../../../messages';
import type { Clock } from '../../../../../platform/clock';
import type { Config } from '../../../../../platform/config';
import { workspaceId } from '../../../../../platform/ids';
import type { SendPolicy } from '../../../../domain/send-context';
import { Send, type SendFacts } from '../../send';

export const now = new Date('2026-03-02T10:30:00Z');
export const in_ = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
export const clock = { now: () => now, sleep: async () => undefined } as Clock;
export const config = {
  SEND_EDGE_SECONDS: 5,
  AVAILABILITY_TTL_HOURS: 24,
  PROVIDER_TIMEOUT_SECONDS: 120,
  PROVIDER_CONNECT_SECONDS: 3,
} as Config;
/** A fake of a port: only what the gate asks. */
export const fake = <T>(port: Partial<T>): T => port as T;

const ALTERNATES = { altPhone1: null, altPhone2: null, altPhone3: null, altEmail1: null, altEmail2: null, altEmail3: null };
export const lead = { id: 'lead', firstName: 'Ann', phone: '+12025550101', email: 'ann@example.com', ...ALTERNATES } as Lead;
export const line = {
  id: 'line',
  channel: 'imessage',
  isActive: true,
  health: { status: 'healthy', unhealthySince: null },
  firstName: 'Alex',
  lastName: null,
} as Line;
export const policy: SendPolicy = {
  template: 'Hi {firstName}, {line_name}',
  ...TEXT_ALONE,
  window: {},
  gapSeconds: 60,
  addresses: 'all',
  excluded: [],
  fallback: [],
  lineIds: [],
};

/** A claimed message, with what earlier gates found out about it. */
export function sendOf(message: Partial<Message> = {}, facts: Partial<SendFacts> = {}): Send {
  const claim = { token: 'token', until: in_(60) };
  const fields = { id: 'm', workspaceId: workspaceId('w'), channel: 'imessage', dueAt: now, leadId: 'lead', campaignId: 'c' };
  const claimed = newMessage({ ...fields, status: 'pending', claim, turnLineId: 'line', stepId: 's', ...message }, now);
  const send = new Send(claimed, 'line', 'token');
  const reservation = { lineId: 'line', messageId: 'm', token: 'token', day: '2026-03-02', hour: 10, firstTouch: true };
  send.learn({
    lead,
    plannedLine: line,
    line,
    workspace: null,
    policy,
    channel: 'imessage',
    address: '+12025550101',
    file: null,
    files: [],
    verdictOn: () => null,
    judgedBy: [],
  });
  const said = { text: 'Hi', body: 'Hi', subject: null, html: null, thread: null };
  send.learn({
    firstTouch: true,
    reservation,
    units: 1,
    said,
    unsubscribeUrl: null,
    repliesUnread: false,
    isFollowUp: false,
    ...facts,
  });
  return send;
}
export const pass = { kind: 'pass' };
export const ends = (message: Partial<Message>) => ({
  kind: 'end',
  transition: { message: expect.objectContaining(message), ending: expect.objectContaining({ at: now }) },
});
