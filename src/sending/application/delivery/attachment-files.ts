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

/** Files in memory at a time, on one worker. */
const MAX_CONCURRENT_FILES = 2;
const MAX_FETCH_MS = 30_000;

export type Fetched = { file: OutgoingAttachment | null } | { busy: true } | { failure: string; forGood: boolean };

/**
 * The files of messages, fetched from where tenants say, and held for as long as it takes to hand one over.
 */
@Injectable()
export class AttachmentFiles {
  private readonly inMemory = new Set<string>();
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
    if (!this.inMemory.has(message.id) && this.inMemory.size >= MAX_CONCURRENT_FILES) return { busy: true };
    this.inMemory.add(message.id);
    const next = nextPart(message);
    const wanted = next.kind === 'file' ? next.attachment : null;
    try {
      let file: OutgoingAttachment | null = null;
      for (const attachment of isBegun(message) ? [wanted!] : message.attachments) {
        const fetched = await this.one(attachment);
        if (attachment === wanted) file = fetched;
      }
      return { file };
    } catch (error) {
      if (error instanceof DownloadRefused) return { failure: error.message, forGood: error.forGood };
      const detail = error instanceof NeverConnected ? error.message : 'the connection broke off';
      return { failure: `the file could not be fetched: ${detail}`, forGood: false };
    }
  }

  /** The message has no use for its file any more. */
  release(messageId: string): void {
    this.inMemory.delete(messageId);
  }

  /** @throws DownloadRefused, NeverConnected, or what broke off */
  private async one(attachment: Attachment): Promise<OutgoingAttachment> {
    const bytes = await this.downloads.download(new URL(attachment.url), this.within, MAX_ATTACHMENT_BYTES);
    const type = typeOfFile(bytes);
    if (!type) throw new DownloadRefused('the file is of no type that can be sent', { forGood: true });
    return { name: attachmentName(attachment, type), type, bytes };
  }
}
