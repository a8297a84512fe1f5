import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { IdParam } from '../../platform/http';
import { AnswerHoldsSecret } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { ApiKeysService } from '../application/api-keys.service';
import { CurrentWorkspace } from '../principal.decorators';
import { RequiresScope } from '../requires-scope.decorator';
import { ApiKeyDto, toApiKeyResponse, toNewApiKeyResponse } from './api-keys.dto';

/** A workspace's keys. */
@Controller('api/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeysService: ApiKeysService) {}

  @Get()
  @RequiresScope('keys:manage')
  async list(@CurrentWorkspace() workspace: WorkspaceId) {
    return { apiKeys: (await this.apiKeysService.list(workspace)).map(toApiKeyResponse) };
  }

  @Post()
  @RequiresScope('keys:manage')
  @AnswerHoldsSecret()
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() { name }: ApiKeyDto) {
    return toNewApiKeyResponse(await this.apiKeysService.create(workspace, name));
  }

  @Patch(':id')
  @RequiresScope('keys:manage')
  async rename(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() { name }: ApiKeyDto) {
    return toApiKeyResponse(await this.apiKeysService.rename(workspace, id, name));
  }

  @Delete(':id')
  @RequiresScope('keys:manage')
  async remove(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.apiKeysService.remove(workspace, id);
    return { deletedCount: 1 };
  }
}
