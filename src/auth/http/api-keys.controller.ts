import { Body, Controller, Delete, Get, Param, Patch, Post } from '@nestjs/common';
import { IdParam, Text } from '../../platform/http';
import { AnswerHoldsSecret } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { ApiKeysService } from '../application/api-keys.service';
import type { ApiKey } from '../domain/api-key';
import { AdminSessionOnly, CurrentWorkspace } from '../principal.decorators';

class ApiKeyDto {
  /** What people call the key, 1 to 100 characters. */
  @Text(100, 1) name: string;
}

@AdminSessionOnly()
@Controller('api/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeysService: ApiKeysService) {}

  @Get()
  async list(@CurrentWorkspace() workspace: WorkspaceId) {
    return { apiKeys: (await this.apiKeysService.list(workspace)).map(shown) };
  }

  @Post()
  @AnswerHoldsSecret()
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() { name }: ApiKeyDto) {
    const { key, secret } = await this.apiKeysService.create(workspace, name);
    return { ...shown(key), key: secret, warning: 'Keep this key now: it is not shown again.' };
  }

  @Patch(':id')
  async rename(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() { name }: ApiKeyDto) {
    return shown(await this.apiKeysService.rename(workspace, id, name));
  }

  @Delete(':id')
  async remove(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.apiKeysService.remove(workspace, id);
    return { deletedCount: 1 };
  }
}

const shown = ({ id, name, ending, createdAt, lastUsedAt }: ApiKey) => ({ _id: id, name, ending, createdAt, lastUsedAt });
