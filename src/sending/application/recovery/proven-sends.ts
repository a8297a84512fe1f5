import { Injectable } from '@nestjs/common';
import { Messages } from '../../../messages';
import { Clock } from '../../../platform/clock';
import type { WorkspaceId } from '../../../platform/ids';
import { SendProofs } from '../../../replies';
import { Outcomes } from '../delivery/outcomes';
import { SendSignals } from '../send-signals';
import { onItsWay } from './evidence';
import { UnknownOutcomes } from './unknown-outcomes';

/** Settles hand-overs of unknown outcome by what names the attempt itself: no other message can be meant. */
@Injectable()
export class ProvenSends extends SendProofs {
  constructor(
    private readonly messages: Messages,
    private readonly outcomes: Outcomes,
    private readonly unknownOutcomes: UnknownOutcomes,
    private readonly sendSignals: SendSignals,
    private readonly clock: Clock,
  ) {
    super();
  }

  async prove(workspaceId: WorkspaceId, { providerId, externalId }: { providerId: string; externalId: string }): Promise<void> {
    const message = await this.messages.findByProviderId(workspaceId, providerId);
    const attempt = message?.attempts.at(-1);
    // An attempt before the last one is settled: by proof, or by somebody who said what became of it.
    if (!message || attempt?.providerId !== providerId) return;
    // It was taken while it was handed over, whenever that is told.
    const at = attempt.startedAt;
    if (message.status === 'sending') {
      await this.outcomes.record(onItsWay(message, attempt), { kind: 'accepted', externalId, at }, this.clock.now());
    } else if (message.code !== 'OUTCOME_UNKNOWN' || !(await this.unknownOutcomes.reopenAsSent(message, at, externalId))) {
      return;
    }
    this.sendSignals.settled(message, 'sent');
  }
}
