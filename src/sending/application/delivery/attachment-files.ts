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

export type Fetched =
  { file: OutgoingAttachment | null; files: OutgoingAttachment[] } | { busy: true } | { failure: string; forGood: boolean };

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
   * @param atOnce all files go with the text: they are `files`
   */
  async fetch(message: Message, atOnce: boolean): Promise<Fetched> {
    if (message.attachments.length === 0) return { file: null, files: [] };
    if (!this.room.enter(message.id, message.workspaceId)) return { busy: true };
    try {
      return atOnce ? { file: null, files: await this.all(message) } : { file: await this.next(message), files: [] };
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

  /** One at a time is held: others are only looked at. */
  private async next(message: Message): Promise<OutgoingAttachment | null> {
    const next = nextPart(message);
    const wanted = next.kind === 'file' ? next.attachment : null;
    let file: OutgoingAttachment | null = null;
    for (const attachment of isBegun(message) ? [wanted!] : message.attachments) {
      const fetched = await this.one(attachment, message.id, 0);
      if (attachment === wanted) file = fetched;
    }
    return file;
  }

  /** All are held, and together they are not larger than one may be. */
  private async all(message: Message): Promise<OutgoingAttachment[]> {
    const files: OutgoingAttachment[] = [];
    let held = 0;
    for (const attachment of message.attachments) {
      const file = await this.one(attachment, message.id, held);
      held += file.bytes.byteLength;
      files.push(file);
    }
    return files;
  }

  /**
   * @param held bytes of the message's other files, which are kept
   * @throws NoRoom, DownloadRefused, NeverConnected, or what broke off
   */
  private async one(attachment: Attachment, messageId: string, held: number): Promise<OutgoingAttachment> {
    const arrived = (length: number) => {
      if (!this.room.fill(messageId, held + length)) throw new NoRoom();
    };
    const bytes = await this.downloads.download(new URL(attachment.url), this.within, MAX_ATTACHMENT_BYTES - held, arrived);
    const type = typeOfFile(bytes);
    if (!type) throw new DownloadRefused('the file is of no type that can be sent', { forGood: true });
    return { name: attachmentName(attachment, type), url: attachment.url, type, bytes };
  }
}
