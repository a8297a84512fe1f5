import { Injectable, Logger } from '@nestjs/common';
import { AuditedAct, type AuditedChange } from '../../platform/audit';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { workspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import { type AccessEnd, AccessEnds } from '../domain/access-end';
import { ActorRemoved } from '../domain/actor-removed';
import { Unauthorized } from '../domain/auth.errors';
import { ClerkCalls, isForGood, type SignedCall, withdrawalOf } from '../domain/clerk-events';
import { ORGANIZATION_DELETED, type Workspace, Workspaces } from '../domain/workspace';

/** Takes access away when Clerk says that it is over, so that nobody's old token outlives it. */
@Injectable()
export class WithdrawalsService {
  private readonly logger = new Logger(WithdrawalsService.name);

  constructor(
    private readonly clerkCalls: ClerkCalls,
    private readonly accessEnds: AccessEnds,
    private readonly workspaces: Workspaces,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Does what a call of Clerk's asks for. The same event twice, or late, does no more.
   * @throws NotFound where no secret is set; Unauthorized for a call that is not Clerk's
   */
  async take(call: SignedCall): Promise<void> {
    if (!this.clerkCalls.isOpen) throw new NotFound('Endpoint');
    const event = await this.clerkCalls.verify(call);
    if (!event) throw new Unauthorized();
    const withdrawal = withdrawalOf(event);
    if (!withdrawal) return;
    if ('workspaceId' in withdrawal) return this.closeWorkspace(withdrawal.workspaceId);
    const { access } = withdrawal;
    const at = event.at ?? this.clock.now();
    await this.accessEnds.save(access, at);
    this.logger.log({ event: event.type, of: access.of }, 'Access of dashboard sessions has ended');
    if (isForGood(event.type)) await this.transactions.run((transaction) => this.removeActor(access, at, transaction));
    if (access.of !== 'member') return;
    const workspace = await this.workspaces.find(workspaceId(access.workspaceId));
    if (!workspace) return;
    const change = { before: null, after: { userId: access.userId, event: event.type } };
    await this.transactions.run((transaction) => this.account(workspace, 'member.access_ended', change, transaction));
  }

  private async removeActor(access: AccessEnd, at: Date, transaction: Transaction): Promise<void> {
    if (access.of === 'session') return;
    const workspace = access.of === 'member' ? workspaceId(access.workspaceId) : null;
    await this.domainEvents.publish(new ActorRemoved(workspace, `user:${access.userId}`, at), transaction);
  }

  private async closeWorkspace(id: string): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const workspace = await this.workspaces.find(workspaceId(id), transaction);
      if (!workspace || workspace.readOnlyReason === ORGANIZATION_DELETED) return;
      await this.workspaces.setReadOnly(workspace.id, ORGANIZATION_DELETED, transaction);
      const change = {
        before: { readOnlyReason: workspace.readOnlyReason },
        after: { readOnlyReason: ORGANIZATION_DELETED },
      };
      await this.account(workspace, 'workspace.closed', change, transaction);
    });
  }

  private account({ id }: Workspace, action: string, change: AuditedChange, transaction: Transaction): Promise<void> {
    return this.domainEvents.publish(new AuditedAct(id, action, { kind: 'workspace', id }, change), transaction);
  }
}
