import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../../../auth';
import { Leads, stranger } from '../../../../leads';
import { Lines } from '../../../../lines';
import { isAnswer } from '../../../../messages';
import { Clock } from '../../../../platform/clock';
import { endWith, type GateResult, PASS } from '../../../domain/gate';
import type { Send } from '../send';
import type { Gate } from './gate';

/** Is the person still there? What the later gates need of the store is read together. */
@Injectable()
export class LeadGate implements Gate {
  readonly name = 'lead';

  constructor(
    private readonly leads: Leads,
    private readonly lines: Lines,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {}

  async check(send: Send): Promise<GateResult> {
    const { message, lineId } = send;
    const [lead, plannedLine, workspace] = await Promise.all([
      message.leadId ? this.leads.find(message.workspaceId, message.leadId) : null,
      this.lines.find(message.workspaceId, lineId),
      this.workspaces.find(message.workspaceId),
    ]);
    if (!lead && isAnswer(message)) {
      // Whoever wrote is answered, lead or not.
      send.learn({ lead: stranger(message.workspaceId, message.recipients[0]!), plannedLine, workspace });
      return PASS;
    }
    if (!lead) return endWith(message, { status: 'cancelled', reason: 'lead_deleted' }, this.clock.now());
    send.learn({ lead, plannedLine, workspace });
    return PASS;
  }
}
