import { Injectable } from '@nestjs/common';
import { AuditedAct } from '../../platform/audit';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { fingerprint, Secrets } from '../../platform/secrets';
import { Lines } from '../domain/line';

const HOUR_MS = 3_600_000;

/** Changes the secrets in the URLs that providers call. */
@Injectable()
export class InboundSecretsService {
  constructor(
    private readonly lines: Lines,
    private readonly secrets: Secrets,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * The line has another inbound URL from now on; the one before is answered for `overlapHours` more, and any
   * earlier one no longer.
   * @returns until when
   * @throws NotFound
   */
  async rotate(workspaceId: WorkspaceId, id: string, overlapHours: number): Promise<Date> {
    const secret = this.ids.token(24);
    const now = this.clock.now();
    const previousUntil = new Date(now.getTime() + overlapHours * HOUR_MS);
    const change = { inboundSecret: this.secrets.seal(secret), fingerprint: fingerprint(secret), previousUntil, now };
    await this.transactions.run(async (transaction) => {
      if (!(await this.lines.rotateSecret({ workspaceId, id }, change, transaction))) throw new NotFound('Line');
      const act = new AuditedAct(workspaceId, 'line.secret_rotated', { kind: 'line', id });
      await this.domainEvents.publish(act, transaction);
    });
    return previousUntil;
  }
}
