import { createHmac, timingSafeEqual } from 'node:crypto';
import { type InboundCallRequest, type InboundContent, type InboundEvent, quotedBy } from '../../../src/channels';
import { deliveryErrorOf } from './codes';

/** Courier signs the URL that it calls and the form that it sends. */
export function isSigned({ url, headers, rawBody }: InboundCallRequest, secret: string): boolean {
  const expected = createHmac('sha256', secret).update(url).update('\n').update(rawBody).digest();
  const given = Buffer.from(String(headers['x-courier-signature']), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What a call of Courier's means. Its reports name the attempt too, and so settle a lost answer. */
export function eventsOf({ form }: InboundContent, receivedAt: Date): InboundEvent[] {
  const { event, id, ref, from, to = null, text, error = '' } = Object.fromEntries(form);
  if (!id) return [];
  const proof: InboundEvent[] = ref ? [{ kind: 'accepted', externalId: id, providerId: ref }] : [];
  if (event === 'delivered') return [...proof, { kind: 'delivered', externalId: id, at: receivedAt }];
  if (event === 'failed') {
    return [...proof, { kind: 'send-error', externalId: id, providerId: ref || null, ...deliveryErrorOf(error) }];
  }
  if (event !== 'received' || !from || text === undefined) return [];
  return [{ kind: 'reply', externalId: id, from, to, text, at: receivedAt, inReplyTo: null, quotes: quotedBy(text) }];
}
