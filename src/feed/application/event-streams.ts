import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { WorkspaceId } from '../../platform/ids';
import type { EventType, FeedEvent, FeedPage, FeedRequest } from '../domain/event';
import { CursorExpired, TooManyStreams } from '../domain/feed.errors';
import { Arrivals } from './arrivals';
import { EventLog } from './event-log';

/** Events that are read at once: what a reader does not take is never more than that. */
const PAGE = 100;
/** How often it is looked whether the reader may still read, in milliseconds. */
const ADMISSION_MS = 2_000;
/** A reader who takes nothing is cut off so long after the end, in milliseconds. */
const GRACE_MS = 2_000;
/** After an error of the store, in milliseconds. */
const TROUBLE_MS = 1_000;

/** A stream that is wanted. */
export interface StreamRequest {
  workspaceId: WorkspaceId;
  /** The place behind which it begins. */
  after: number;
  types?: readonly EventType[];
  /** May the reader still read? @throws when it cannot be found out now */
  isAdmitted: () => Promise<boolean>;
}

/** What a reader gets; `place` is how far that brings it. */
export type StreamItem = { kind: 'opened' | 'heartbeat'; place: number } | ({ kind: 'event' } & FeedEvent);

/** An open stream. */
interface EventStream {
  /** What is sent; it is read as the reader takes it. */
  items: AsyncGenerator<StreamItem>;
  /** The reader is gone. */
  close: () => void;
  /** Calls back when the stream is over, and the reader has not taken the rest of it. */
  onStuck: (cutOff: () => void) => void;
}

/** The streams of this process: how many there are, and when each of them ends. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly logger = new Logger(EventStreams.name);
  private readonly open = new Map<AbortController, WorkspaceId>();
  private stopped = false;

  constructor(
    private readonly eventLog: EventLog,
    private readonly arrivals: Arrivals,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
    for (const end of this.open.keys()) end.abort();
  }

  /** @throws TooManyStreams */
  start(request: StreamRequest): EventStream {
    const { EVENT_STREAMS_MAX: most, EVENT_STREAMS_PER_WORKSPACE: mostOfOne } = this.config;
    const own = [...this.open.values()].filter((one) => one === request.workspaceId).length;
    if (this.stopped || this.open.size >= most || own >= mostOfOne) throw new TooManyStreams();
    const end = new AbortController();
    this.open.set(end, request.workspaceId);
    let cutOff: () => void = () => undefined;
    const admission = setInterval(() => void this.admit(request, end), ADMISSION_MS).unref();
    const rotation = setTimeout(() => end.abort(), this.config.EVENT_STREAM_SECONDS * 1_000).unref();
    let grace: NodeJS.Timeout | undefined;
    end.signal.addEventListener('abort', () => {
      clearInterval(admission);
      clearTimeout(rotation);
      this.open.delete(end);
      grace = setTimeout(() => cutOff(), GRACE_MS).unref();
    });
    return {
      items: this.items(request, end.signal),
      close: () => {
        end.abort();
        clearTimeout(grace);
      },
      onStuck: (action) => (cutOff = action),
    };
  }

  private async *items({ workspaceId, after, types }: StreamRequest, signal: AbortSignal): AsyncGenerator<StreamItem> {
    const heartbeatMs = this.config.EVENT_STREAM_HEARTBEAT_SECONDS * 1_000;
    let place = after;
    yield { kind: 'opened', place };
    let saidAt = performance.now();
    while (!signal.aborted) {
      const page = await this.read(workspaceId, { after: place, types, limit: PAGE }, signal);
      for (const event of page?.events ?? []) {
        if (signal.aborted) return;
        yield { kind: 'event', ...event };
        saidAt = performance.now();
      }
      place = page?.next ?? place;
      if (performance.now() - saidAt >= heartbeatMs) {
        yield { kind: 'heartbeat', place };
        saidAt = performance.now();
      }
      if (page && !page.hasMore) await this.arrivals.wait(workspaceId, place, heartbeatMs - (performance.now() - saidAt), signal);
    }
  }

  /** @returns `null` when it could not be read now, or not any more, which ends the stream */
  private async read(workspaceId: WorkspaceId, request: FeedRequest, signal: AbortSignal): Promise<FeedPage | null> {
    try {
      return await this.eventLog.follow(workspaceId, request);
    } catch (error) {
      // Whoever comes back is told so.
      if (error instanceof CursorExpired) this.endOf(signal);
      else {
        this.logger.warn({ err: error }, 'Events could not be read; a stream tries it again');
        await this.clock.sleep(TROUBLE_MS, signal);
      }
      return null;
    }
  }

  private endOf(signal: AbortSignal): void {
    for (const end of this.open.keys()) if (end.signal === signal) end.abort();
  }

  private async admit({ isAdmitted }: StreamRequest, end: AbortController): Promise<void> {
    try {
      if (!(await isAdmitted())) end.abort();
    } catch (error) {
      this.logger.debug({ err: error }, 'It could not be found out whether a reader may still read; it is asked again');
    }
  }
}
