import { Injectable } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import type { InboundEvent, ReplyEvent } from '../../channels';
import { accountKeyOf, type Line, LinesService } from '../../lines';
import { Messages } from '../../messages';
import { readAddress } from '../domain/read-address';

/** Says which of the lines of an account something that its provider tells is for. */
@Injectable()
export class AddressedLines {
  constructor(
    private readonly linesService: LinesService,
    private readonly messages: Messages,
  ) {}

  /** @param line the one that was called, or that stands for its account */
  async of(line: Line, event: InboundEvent, isOfAccount: boolean): Promise<Line> {
    if (event.kind !== 'reply') return line;
    return (await this.named(line, event)) ?? (isOfAccount ? this.lineThatWrote(line, event.from) : line);
  }

  /** Of what was read. @returns `null` where it is for an address of the account that is none of ours */
  async ofRead(line: Line, event: ReplyEvent): Promise<Line | null> {
    if (event.isForLinesAlone) return this.named(line, event);
    return this.of(line, event, true);
  }

  /** The line that the provider names. */
  private async named(line: Line, { to }: ReplyEvent): Promise<Line | null> {
    const address = to === null ? null : readAddress(to, line);
    if (address === null || address === line.phone || address === line.email) return address === null ? null : line;
    return line.account && this.linesService.findOnAccount(line.workspaceId, line.account.id, address);
  }

  /** Of the lines on one account: the one that wrote to the address last. */
  private async lineThatWrote(line: Line, from: string): Promise<Line> {
    const last = await this.messages.lastTo(line.workspaceId, formsOf(readAddress(from, line)));
    const lineId = last?.lineId;
    if (!lineId || lineId === line.id) return line;
    const other = await this.linesService.findEvenRemoved(line.workspaceId, lineId);
    return other && accountKeyOf(other) === accountKeyOf(line) ? other : line;
  }
}
