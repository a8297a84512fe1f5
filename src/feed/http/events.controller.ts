import { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthenticationService, CurrentWorkspace, requireScope, RequiresScope } from '../../auth';
import { DomainError } from '../../platform/errors';
import { inSlices } from '../../platform/event-loop';
import { limitOf } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { EventLog } from '../application/event-log';
import { EventStreams } from '../application/event-streams';
import { EventsQuery, isLatest, placeOf, StreamQuery, toEventResponse, toPageResponse, typesOf } from './events.dto';
import { framesOf } from './frames';

/** What happens in the workspace, in order. */
@Controller('api/events')
export class EventsController {
  constructor(
    private readonly eventLog: EventLog,
    private readonly eventStreams: EventStreams,
    private readonly authentication: AuthenticationService,
  ) {}

  /**
   * What has happened, oldest first. Whoever keeps the cursor misses nothing and reads nothing twice. There
   * is always a `nextCursor`, to come back with; `hasMore` says whether there is something behind it already.
   * @operation listEvents
   * @fails CURSOR_EXPIRED
   */
  @Get()
  @RequiresScope('messages:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: EventsQuery) {
    const types = typesOf(query);
    if (isLatest(query.cursor)) {
      const latest = await this.eventLog.latest(workspace, { types, limit: limitOf(query) });
      return toPageResponse(await inSlices(latest.events, toEventResponse), latest, query);
    }
    const place = placeOf(query.cursor ?? '');
    if (place === 'now') return toPageResponse([], { next: await this.eventLog.now(workspace), hasMore: false }, query);
    const page = await this.eventLog.read(workspace, { after: place, types, limit: limitOf(query) });
    // The largest events are megabytes together.
    return toPageResponse(await inSlices(page.events, toEventResponse), page, query);
  }

  /**
   * The same as Server-Sent Events, as they happen. `id` is a cursor: a reader that sends it as
   * `Last-Event-ID` continues without a gap. The stream ends after a while, to be opened anew.
   * @operation streamEvents
   * @produces text/event-stream
   * @header Last-Event-ID The `id` of the frame that was read last: the stream continues behind it.
   * @fails CURSOR_EXPIRED TOO_MANY_STREAMS
   */
  @Get('stream')
  @RequiresScope('messages:read')
  async stream(
    @CurrentWorkspace() workspaceId: WorkspaceId,
    @Query() query: StreamQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const types = typesOf(query);
    const lastEventId = request.headers['last-event-id'];
    const place = lastEventId ? placeOf(String(lastEventId), 'Last-Event-ID') : placeOf(query.cursor ?? 'now');
    // What is not kept any more is said before the stream begins.
    const after = place === 'now' ? await this.eventLog.now(workspaceId) : await this.eventLog.beginning(workspaceId, place);
    const isAdmitted = () => this.isAdmitted(request, workspaceId);
    const stream = this.eventStreams.start({ workspaceId, after, types, isAdmitted });
    reply.raw.once('close', stream.close);
    if (reply.raw.destroyed) stream.close();
    stream.onStuck(() => void reply.raw.destroy());
    void reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-cache, no-transform')
      .header('x-accel-buffering', 'no')
      // A server that is about to end does not wait for what its reader may ask next.
      .header('connection', 'close');
    return Readable.from(framesOf(stream.items), { objectMode: false });
  }

  /** @throws what keeps it from being found out */
  private async isAdmitted({ headers, ip }: FastifyRequest, workspaceId: WorkspaceId): Promise<boolean> {
    try {
      const { principal } = await this.authentication.authenticate(headers.authorization, ip);
      requireScope(principal, 'messages:read');
      return principal.workspaceId === workspaceId;
    } catch (error) {
      if (error instanceof DomainError && error.kind !== 'unavailable') return false;
      throw error;
    }
  }
}
