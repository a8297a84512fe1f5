import { Injectable } from '@nestjs/common';
import { Channels } from '../../../../channels';
import { isBegun, ofPart, retryAt } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { endWith, type GateResult, PASS, requeue } from '../../../domain/gate';
import { AttachmentFiles } from '../attachment-files';
import type { Send } from '../send';
import type { Gate } from './gate';

/** Too many files are in memory already. */
const FILE_WAIT_MS = 1_000;

/** Can its files be had? One that cannot is as good as a refusal: tried again, and then the end. */
@Injectable()
export class FileGate implements Gate {
  readonly name = 'file';

  constructor(
    private readonly attachmentFiles: AttachmentFiles,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message } = send;
    const { filesWithText = false } = this.channels.contentOf(send.know('channel'));
    const fetched = await this.attachmentFiles.fetch(message, filesWithText && !isBegun(message));
    const now = this.clock.now();
    if ('busy' in fetched) {
      return requeue(new Date(now.getTime() + FILE_WAIT_MS), { held: { reason: 'file', detail: null } });
    }
    if ('file' in fetched) {
      send.learn(fetched);
      return PASS;
    }
    const refusals = message.refusals + 1;
    const again = fetched.forGood ? null : retryAt(refusals, now, Math.random());
    if (again) return requeue(again, { refusals, held: { reason: 'file', detail: fetched.failure } });
    const errorMessage = ofPart(message, fetched.failure);
    return endWith(message, { status: 'failed', code: 'ATTACHMENT_UNAVAILABLE', errorMessage }, now);
  }
}
