import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Messages } from '../../../messages';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { Ids, workspaceId as asWorkspace } from '../../../platform/ids';
import { WorkQueues } from '../../../platform/queues';
import { SendingFormat } from '../../../platform/sending-format';
import { ALONE, Cohorts, type Manners } from '../../domain/cohorts';
import { type GateResult, PASS } from '../../domain/gate';
import { type LineSchedule, LineSchedules } from '../../domain/line-schedules';
import { Places } from '../../domain/places';
import { SharedRounds } from '../../domain/rounds';
import { LineFactsService } from '../planning/line-facts.service';
import { Planner, SEND_QUEUE, type SendJobData } from '../planning/planner';
import { SendSignals } from '../send-signals';
import { AttachmentFiles } from './attachment-files';
import { Gates } from './gates';
import { HandOver } from './hand-over';
import { Outcomes } from './outcomes';
import { Send } from './send';

/** Sends of a process that may wait at the same time, for a place, a provider, a device or a file. */
const MOST_WAITING = 500;
/** What is due on the same beat comes within milliseconds, and has time. */
const ON_A_BEAT: Manners = { companyMs: 40, patienceMs: 125 };

/**
 * One job: a message is claimed, goes through the gates, is handed over, and its outcome recorded
 * (docs/sending.md).
 */
@Injectable()
export class SendJob implements OnModuleInit {
  private readonly logger = new Logger(SendJob.name);
  /** Several sends of a line with a rate begin and end at the same moments. */
  private readonly plans = new SharedRounds<string>((lineId) => this.planLine(lineId));

  constructor(
    private readonly messages: Messages,
    private readonly gates: Gates,
    private readonly handOver: HandOver,
    private readonly outcomes: Outcomes,
    private readonly planner: Planner,
    private readonly lineSchedules: LineSchedules,
    private readonly lineFactsService: LineFactsService,
    private readonly attachmentFiles: AttachmentFiles,
    private readonly workQueues: WorkQueues,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly sendSignals: SendSignals,
    private readonly sendingFormat: SendingFormat,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.sendingFormat.guard(SEND_QUEUE);
    const places = new Places(this.config.SEND_CONCURRENCY);
    const cohorts = new Cohorts();
    this.workQueues.handle(SEND_QUEUE, this.config.SEND_CONCURRENCY + MOST_WAITING, async (data) => {
      const job = data as SendJobData;
      const manners = job.hasBeat ? ON_A_BEAT : undefined;
      await places.run(job.workspaceId ?? '', () => cohorts.run((outside) => this.run(job, outside), manners));
    });
  }

  /** Sends the message, requeues it, or finds that the job came late: for a revision that is over. */
  async run({ workspaceId, messageId, moves, at }: SendJobData, outside = ALONE): Promise<void> {
    if (!(await this.sendingFormat.isOwn())) return;
    const now = this.clock.now();
    const token = this.ids.token();
    const until = new Date(now.getTime() + this.config.CLAIM_LEASE_SECONDS * 1_000);
    const job = { id: messageId, workspaceId: workspaceId ? asWorkspace(workspaceId) : null, revision: moves };
    const message = await this.messages.claim(job, { token, until }, now);
    if (!message) return;
    this.sendSignals.began(message, at);
    const send = new Send(message, message.turnLineId!, token);
    let line: LineSchedule | null = null;
    let isAtRate = false;
    try {
      const result = await this.throughGates(send);
      isAtRate = result.kind === 'pass' && send.know('pace') !== null;
      if (result.kind === 'pass') [line] = await Promise.all([this.handOver.run(send, outside), this.planNextAtRate(send)]);
      else await this.turnBack(send, result);
    } finally {
      this.attachmentFiles.release(message.id);
      if (isAtRate && line) await this.plans.run(send.lineId);
      else {
        line ??=
          (await this.lineSchedules.clear(send.lineId, message.id, this.clock.now())) ??
          (await this.lineSchedules.find(send.lineId));
        if (line) await this.planner.plan(line);
      }
    }
  }

  private async planLine(lineId: string): Promise<void> {
    const line = await this.lineSchedules.find(lineId);
    if (line) await this.planner.plan(line);
  }

  /** A line with a rate has its next turn while this message is on its way. */
  private async planNextAtRate(send: Send): Promise<void> {
    if (!send.know('pace')) return;
    try {
      await this.plans.run(send.lineId);
    } catch (error) {
      // The tick plans it; what was handed over is recorded all the same.
      this.logger.error({ err: error, lineId: send.lineId }, 'The next turn of a line could not be planned');
    }
  }

  private async throughGates(send: Send): Promise<GateResult> {
    for (const gate of this.gates.inOrder) {
      const result = await gate.check(send);
      if (result.kind === 'pass') continue;
      const { message, lineId } = send;
      this.logger.debug({ messageId: message.id, lineId, gate: gate.name, result: result.kind }, 'A gate said no');
      return result;
    }
    return PASS;
  }

  private async turnBack(send: Send, result: Exclude<GateResult, { kind: 'pass' }>): Promise<void> {
    const { message, lineId } = send;
    await send.releases.unwind();
    if (result.kind === 'end') {
      if (!result.transition) return;
      await this.outcomes.end(message, result.transition);
      this.sendSignals.turnedAway(result.transition.message, lineId);
      return;
    }
    this.lineFactsService.forget(lineId);
    await this.messages.requeue(message, result.notBefore, this.clock.now(), result.change);
    // Other lines have it now, and nothing else wakes them up.
    if (result.change?.channel) await this.planner.wake(message.workspaceId);
  }
}
