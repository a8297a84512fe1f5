import { Body, Controller, Delete, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { IsOptional } from 'class-validator';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { type Reaction, REACTIONS } from '../../channels';
import { ValidationFailed } from '../../platform/errors';
import { ID_PATTERN, type WorkspaceId } from '../../platform/ids';
import { GesturesService } from '../application/gestures.service';

/** BlueBubbles takes the sign away after a while, or with the next message. */
const TYPING_NOTE = 'The recipient sees it for a moment; the bridge ends it by itself. Best effort only.';
const STOP_NOTE = 'Nothing was sent to the bridge: it ends the sign by itself, or with the next message.';

/** Any values are taken here, so that what is wrong is said in the words of the public API. */
class ReactionDto {
  @IsOptional() messageId?: unknown;
  @IsOptional() reaction?: unknown;
}

class TypingDto {
  @IsOptional() messageId?: unknown;
}

/** Reactions and typing, with the words of the public API. */
@Controller('api/messages')
export class GesturesController {
  constructor(private readonly gestures: GesturesService) {}

  @Post('react')
  @RequiresScope('messages:send')
  @HttpCode(HttpStatus.OK)
  async react(@CurrentWorkspace() workspace: WorkspaceId, @Body() { messageId, reaction }: ReactionDto) {
    const missing = [...(messageId ? [] : ['messageId']), ...(reaction ? [] : ['reaction'])];
    if (missing.length > 0) throw wrong(missing, 'is required', 'messageId and reaction required');
    if (!REACTIONS.includes(reaction as Reaction)) {
      throw wrong(['reaction'], `must be one of ${REACTIONS.join(', ')}`, 'Invalid reaction type');
    }
    await this.gestures.react(workspace, parseMessageId(messageId), reaction as Reaction);
    return { ok: true, reaction };
  }

  @Post('typing')
  @RequiresScope('messages:send')
  @HttpCode(HttpStatus.OK)
  async startTyping(@CurrentWorkspace() workspace: WorkspaceId, @Body() { messageId }: TypingDto) {
    await this.gestures.showTyping(workspace, parseMessageId(messageId));
    return { ok: true, typing: true, note: TYPING_NOTE };
  }

  @Delete('typing')
  @RequiresScope('messages:send')
  async stopTyping(@CurrentWorkspace() workspace: WorkspaceId, @Body() { messageId }: TypingDto) {
    await this.gestures.requireMessage(workspace, parseMessageId(messageId));
    return { ok: true, typing: false, note: STOP_NOTE };
  }
}

const wrong = (fields: string[], message: string, error: string): ValidationFailed =>
  new ValidationFailed(
    fields.map((field) => ({ field, message })),
    error,
  );

/** @throws ValidationFailed */
function parseMessageId(messageId: unknown): string {
  if (!messageId) throw wrong(['messageId'], 'is required', 'messageId required');
  if (typeof messageId !== 'string' || !ID_PATTERN.test(messageId)) {
    throw wrong(['messageId'], 'must be an id of 24 hex digits', 'Invalid messageId');
  }
  return messageId.toLowerCase();
}
