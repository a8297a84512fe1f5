import type { Readable } from 'node:stream';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IdParam } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { ReplyFilesService } from '../application/reply-files.service';
import { dispositionOf } from './served-files';

/** The files that came with replies. */
@Controller('api/replies/:id/files')
export class ReplyFilesController {
  constructor(private readonly replyFiles: ReplyFilesService) {}

  /**
   * A file that came with a reply and is kept (`files`), as a download of mere bytes: nothing of it is to be
   * shown in a page of ours, whatever it is. Its type stands in `files`.
   * @operation getReplyFile
   * @produces application/octet-stream
   * @fails REPLY_NOT_FOUND FILE_NOT_FOUND
   */
  @Get(':fileId')
  @RequiresScope('messages:read')
  async file(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Param('fileId', IdParam) fileId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const { file, content } = await this.replyFiles.open(workspace, id, fileId);
    void reply
      .header('content-type', 'application/octet-stream')
      .header('content-disposition', dispositionOf(file.name))
      .header('x-content-type-options', 'nosniff')
      .header('content-security-policy', "default-src 'none'; sandbox")
      .header('cache-control', 'private, no-store');
    return content;
  }
}
