import type { Readable } from 'node:stream';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Channels, type MediaOutcome } from '../../channels';
import { Lines, LinesService } from '../../lines';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { Ticks } from '../../platform/ticks';
import { Replies, type Reply } from '../domain/reply';
import { askedAgainAt, type ReplyFile, typeOf } from '../domain/reply-file';
import { type ClaimedFiles, ReplyFiles } from '../domain/reply-files';

const MEGABYTE = 1_048_576;
const DAY_MS = 86_400_000;
/** Replies whose files a process fetches at the same time, one file of each. */
const REPLIES_AT_ONCE = 4;
/** One file may take so long, in milliseconds. */
const FETCH_WITHIN_MS = 30_000;
/** Longer than all files of a reply take: after that another worker may fetch them. */
const CLAIM_MS = 11 * FETCH_WITHIN_MS;
/** How often what is too old is looked for, how much of it at once, and when an unfinished file is one. */
const [REMOVE_INTERVAL_MS, REMOVE_BATCH_SIZE, UNFINISHED_MS] = [600_000, 100, 3_600_000];

/**
 * Fetches the files that came with replies, behind the taking in of the reply, keeps them, and gives them
 * out. What cannot be had is asked for a few times more, and says then why.
 */
@Injectable()
export class ReplyFilesService implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(ReplyFilesService.name);
  private readonly running = new Set<Promise<void>>();
  private isStopping = false;

  constructor(
    private readonly replyFiles: ReplyFiles,
    private readonly replies: Replies,
    private readonly lines: Lines,
    private readonly linesService: LinesService,
    private readonly channels: Channels,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('fetch files of replies', this.config.TICK_MS, () => this.tick(), {
      concerns: ['replies'],
      nextAt: () => this.replyFiles.nextAt(),
    });
    this.ticks.every('remove old files of replies', REMOVE_INTERVAL_MS, () => this.removeOld());
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.running);
  }

  /** @throws NotFound where the reply or the file is not there, or the file is not kept */
  async open(workspaceId: WorkspaceId, replyId: string, fileId: string): Promise<{ file: ReplyFile; content: Readable }> {
    const reply = await this.replies.find(workspaceId, replyId);
    if (!reply) throw new NotFound('Reply');
    const file = reply.files.find(({ id }) => id === fileId);
    if (file?.status !== 'kept') throw new NotFound('File');
    return { file, content: this.replyFiles.read(file.id) };
  }

  async tick(): Promise<void> {
    while (this.running.size < REPLIES_AT_ONCE && !this.isStopping) {
      const now = this.clock.now();
      const claimed = await this.replyFiles.claim(now, new Date(now.getTime() + CLAIM_MS));
      if (!claimed) return;
      const work: Promise<void> = this.fetchAll(claimed)
        .catch((error: unknown) => {
          this.logger.error({ err: error, replyId: claimed.reply.id }, 'Files of a reply could not be fetched');
        })
        .finally(() => this.running.delete(work));
      this.running.add(work);
    }
  }

  async removeOld(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.replyFiles.removeUnfinished(new Date(now - UNFINISHED_MS), REMOVE_BATCH_SIZE);
    const before = new Date(now - this.config.RETENTION_DAYS_MEDIA * DAY_MS);
    while ((await this.replyFiles.removeOlderThan(before, REMOVE_BATCH_SIZE)) === REMOVE_BATCH_SIZE && !this.isStopping);
  }

  private async fetchAll({ reply, tries }: ClaimedFiles): Promise<void> {
    const again = askedAgainAt(tries, this.clock.now());
    let isWaiting = false;
    for (const file of reply.files.filter(({ status }) => status === 'waiting')) {
      // Whoever is next goes on with it.
      if (this.isStopping) return this.replyFiles.putOff(reply, this.clock.now());
      const outcome = await this.fetch(reply, file);
      if (outcome.kind === 'fetched') {
        await this.replyFiles.keep(reply, file.id, { bytes: outcome.bytes, type: typeOf(outcome.type) });
      } else if (outcome.forGood || !again) await this.replyFiles.giveUp(reply, file.id, outcome.message);
      else isWaiting = true;
    }
    await this.replyFiles.putOff(reply, isWaiting ? again : null);
  }

  private async fetch({ workspaceId, lineId, channel }: Reply, { ref, size }: ReplyFile): Promise<MediaOutcome> {
    const maxBytes = this.config.REPLY_FILE_MAX_MB * MEGABYTE;
    if (size !== null && size > maxBytes) return { kind: 'failed', message: 'the file is too large', forGood: true };
    const line = await this.lines.find(workspaceId, lineId);
    const adapter = this.channels.has(channel) ? this.channels.of(channel) : null;
    if (!line || !adapter?.fetchMedia) return { kind: 'failed', message: 'the line is not there any more', forGood: true };
    const channelLine = this.linesService.opened(line);
    if (!channelLine) return { kind: 'failed', message: 'the secrets of the line cannot be opened', forGood: false };
    return adapter.fetchMedia(channelLine, ref, { maxBytes, within: FETCH_WITHIN_MS });
  }
}
