import type { ChannelName, Thread } from '../../channels/domain';
import type { Reservation } from '../../lines/domain';

/** One hand-over, or the try of one. Written before the provider is asked; recovery uses nothing else. */
export interface Attempt {
  token: string;
  lineId: string;
  channel: ChannelName;
  address: string;
  text: string;
  /** On channels with subjects. */
  subject: string | null;
  /** The conversation that it goes on with, on those. */
  thread: Thread | null;
  /** All files of the message went with the text, in one call. */
  withFiles: boolean;
  /** The name of the file that was handed over in place of a text. */
  attachment: string | null;
  /** Our id of the attempt at the provider. */
  providerId: string;
  reservation: Reservation;
  startedAt: Date;
  endedAt: Date | null;
  /** `open` while nothing is known. */
  outcome: 'open' | 'accepted' | 'not-on-channel' | 'refused' | 'blocked' | 'not-to-blame' | 'unknown' | 'not-started';
  code: string | null;
  /** The provider's words. */
  providerMessage: string | null;
  externalId: string | null;
}

/** Was it handed over, or can nobody rule it out? */
export const mayHaveArrived = ({ outcome }: Attempt): boolean =>
  outcome === 'accepted' || outcome === 'unknown' || outcome === 'open';
