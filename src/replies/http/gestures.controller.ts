import { Body, Controller, Delete, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { CurrentWorkspace } from '../../auth';
import { type Reaction, REACTIONS } from '../../channels';
import { ID_PATTERN, type WorkspaceId } from '../../platform/ids';
import { GesturesService } from '../application/gestures.service';
import { GestureRefused } from '../domain/gestures.errors';

/** BlueBubbles takes the sign away after a while, or with the next message. */
const TYPING_NOTE = 'The recipient sees it for a moment; the bridge ends it by itself. Best effort only.';
const STOP_NOTE = 'Nothing was sent to the bridge: it ends the sign by itself, or with the next message.';

/** Reactions and typing, with the words of the public API. */
@Controller('api/messages')
export class GesturesController {
  constructor(private readonly gestures: GesturesService) {}

  @Post('react')
  @HttpCode(HttpStatus.OK)
  async react(@CurrentWorkspace() workspace: WorkspaceId, @Body() body: Record<string, unknown>) {
    const { messageId, reaction } = body;
    if (!messageId || !reaction) throw new GestureRefused('messageId and reaction required');
    if (!REACTIONS.includes(reaction as Reaction)) throw new GestureRefused('Invalid reaction type');
    await this.gestures.react(workspace, parseMessageId(messageId), reaction as Reaction);
    return { ok: true, reaction };
  }

  @Post('typing')
  @HttpCode(HttpStatus.OK)
  async startTyping(@CurrentWorkspace() workspace: WorkspaceId, @Body() { messageId }: Record<string, unknown>) {
    await this.gestures.showTyping(workspace, parseMessageId(messageId));
    return { ok: true, typing: true, note: TYPING_NOTE };
  }

  @Delete('typing')
  async stopTyping(@CurrentWorkspace() workspace: WorkspaceId, @Body() { messageId }: Record<string, unknown>) {
    await this.gestures.requireMessage(workspace, parseMessageId(messageId));
    return { ok: true, typing: false, note: STOP_NOTE };
  }
}

/** @throws GestureRefused */
function parseMessageId(messageId: unknown): string {
  if (messageId === undefined || messageId === null || messageId === '') throw new GestureRefused('messageId required');
  if (typeof messageId !== 'string' || !ID_PATTERN.test(messageId)) throw new GestureRefused('Invalid messageId');
  return messageId.toLowerCase();
}
