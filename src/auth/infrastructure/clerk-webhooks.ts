import { verifyWebhook } from '@clerk/backend/webhooks';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config';
import { ClerkCalls, type ClerkEvent, type SignedCall } from '../domain/clerk-events';

/** Verifies what Clerk calls us with, by Clerk's own library: Standard Webhooks in headers named `svix-…`. */
@Injectable()
export class ClerkWebhooks extends ClerkCalls {
  constructor(private readonly config: Config) {
    super();
  }

  get isOpen(): boolean {
    return this.config.CLERK_WEBHOOK_SECRET !== undefined;
  }

  async verify({ headers, body }: SignedCall): Promise<ClerkEvent | null> {
    const given = new Headers();
    for (const name of ['svix-id', 'svix-timestamp', 'svix-signature']) {
      const value = headers[name];
      if (typeof value === 'string') given.set(name, value);
    }
    try {
      const request = new Request('https://clerk.invalid/', { method: 'POST', headers: given, body: new Uint8Array(body) });
      const event = await verifyWebhook(request, { signingSecret: this.config.CLERK_WEBHOOK_SECRET });
      const { timestamp } = event as { timestamp?: unknown };
      return { type: String(event.type), data: event.data, at: typeof timestamp === 'number' ? new Date(timestamp) : null };
    } catch {
      return null;
    }
  }
}
