import { Injectable } from '@nestjs/common';
import { DownloadRefused, Downloads, NeverConnected, type OutgoingAttachment } from '../../../channels';
import {
  type Attachment,
  attachmentName,
  isBegun,
  MAX_ATTACHMENT_BYTES,
  type Message,
  nextPart,
  typeOfFile,
} from '../../../messages';
import { Config } from '../../../platform/config';
import { FileRoom } from '../../domain/file-room';

const MAX_FETCH_MS = 30_000;

/** Others hold all that may be in memory: later. */
class NoRoom extends Error {}

export type Fetched = { file: OutgoingAttachment | null } | { busy: true } | { failure: string; forGood: boolean };

/**
 * The files of messages, fetched from where tenants say, and held for as long as it takes to hand one over.
 */
@Injectable()
export class AttachmentFiles {
  private readonly room = new FileRoom();
  private readonly within: number;

  constructor(
    private readonly downloads: Downloads,
    config: Config,
  ) {
    // The claim must not run out meanwhile.
    this.within = Math.min(MAX_FETCH_MS, (config.CLAIM_LEASE_SECONDS * 1_000) / 2);
  }

  /**
   * The file of the message's next part, `null` when that is its text. Before the first part all files are
   * looked at: nobody gets the text to a picture that cannot be had. To be released.
   */
  async fetch(message: Message): Promise<Fetched> {
    if (message.attachments.length === 0) return { file: null };
    if (!this.room.enter(message.id, message.workspaceId)) return { busy: true };
    const next = nextPart(message);
    const wanted = next.kind === 'file' ? next.attachment : null;
    try {
      let file: OutgoingAttachment | null = null;
      for (const attachment of isBegun(message) ? [wanted!] : message.attachments) {
        const fetched = await this.one(attachment, message.id);
        if (attachment === wanted) file = fetched;
      }
      return { file };
    } catch (error) {
      if (error instanceof NoRoom) return { busy: true };
      if (error instanceof DownloadRefused) return { failure: error.message, forGood: error.forGood };
      const detail = error instanceof NeverConnected ? error.message : 'the connection broke off';
      return { failure: `the file could not be fetched: ${detail}`, forGood: false };
    }
  }

  /** The message has no use for its file any more. */
  release(messageId: string): void {
    this.room.leave(messageId);
  }

  /** @throws NoRoom, DownloadRefused, NeverConnected, or what broke off */
  private async one(attachment: Attachment, messageId: string): Promise<OutgoingAttachment> {
    const arrived = (length: number) => {
      if (!this.room.fill(messageId, length)) throw new NoRoom();
    };
    const bytes = await this.downloads.download(new URL(attachment.url), this.within, MAX_ATTACHMENT_BYTES, arrived);
    const type = typeOfFile(bytes);
    if (!type) throw new DownloadRefused('the file is of no type that can be sent', { forGood: true });
    return { name: attachmentName(attachment, type), type, bytes };
  }
}
