import { Injectable } from '@nestjs/common';
import { AccountUse } from '../../accounts';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import { Lines } from '../domain/line';

/** Says to accounts which lines are on them. */
@Injectable()
export class AccountLines extends AccountUse {
  constructor(private readonly lines: Lines) {
    super();
  }

  async addresses(workspaceId: WorkspaceId, accountId: string): Promise<string[]> {
    const lines = await this.lines.all(workspaceId);
    return lines.flatMap(({ account, email }) => (account?.id === accountId && email !== null ? [email] : []));
  }

  countLines(workspaceId: WorkspaceId, accountId: string, transaction?: Transaction): Promise<number> {
    return this.lines.countOnAccount(workspaceId, accountId, transaction);
  }
}
