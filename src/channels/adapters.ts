import type { Type } from '@nestjs/common';
import { BlueBubblesChannel } from './bluebubbles/bluebubbles.channel';
import type { Channel } from './domain/channel';
import { SmtpChannel } from './smtp/smtp.channel';
import { TwilioChannel } from './twilio/twilio.channel';

/** Every adapter, and nothing else. A new channel is a folder of its own, and a line here. */
export const ADAPTERS: Type<Channel>[] = [BlueBubblesChannel, TwilioChannel, SmtpChannel];
