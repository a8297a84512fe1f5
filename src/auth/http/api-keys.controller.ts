import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { IdParam } from '../../platform/http';
import { AnswerHoldsSecret } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { ApiKeysService } from '../application/api-keys.service';
import { limitsOf, type Principal } from '../domain/principal';
import { CurrentPrincipal, CurrentWorkspace } from '../principal.decorators';
import { RequiresScope } from '../requires-scope.decorator';
import {
  ApiKeyDto,
  keyChangeOf,
  keyOverlapOf,
  KeyRotationDto,
  NewApiKeyDto,
  newKeyOf,
  toApiKeyResponse,
  toNewApiKeyResponse,
} from './api-keys.dto';

/** A workspace's keys. */
@Controller('api/api-keys')
export class ApiKeysController {
  constructor(
    private readonly apiKeysService: ApiKeysService,
    private readonly clock: Clock,
  ) {}

  /**
   * The keys of the workspace; their secrets are not shown.
   * @operation listApiKeys
   * @fails ADMIN_SESSION_REQUIRED
   */
  @Get()
  @RequiresScope('keys:manage')
  async list(@CurrentWorkspace() workspace: WorkspaceId) {
    return { apiKeys: (await this.apiKeysService.list(workspace)).map(toApiKeyResponse) };
  }

  /**
   * Makes a key; its secret is in this answer alone.
   * @operation createApiKey
   * @fails BEYOND_OWN_LIMITS ADMIN_SESSION_REQUIRED TOO_MANY_API_KEYS
   */
  @Post()
  @RequiresScope('keys:manage')
  @AnswerHoldsSecret()
  async create(@CurrentWorkspace() workspace: WorkspaceId, @CurrentPrincipal() caller: Principal, @Body() body: NewApiKeyDto) {
    const wanted = newKeyOf(body, this.clock.now());
    return toNewApiKeyResponse(await this.apiKeysService.create(workspace, wanted, limitsOf(caller)));
  }

  /**
   * Changes the fields that are given.
   * @operation changeApiKey
   * @fails ADMIN_SESSION_REQUIRED BEYOND_OWN_LIMITS API_KEY_NOT_FOUND
   */
  @Patch(':id')
  @RequiresScope('keys:manage')
  async change(
    @CurrentWorkspace() workspace: WorkspaceId,
    @CurrentPrincipal() caller: Principal,
    @Param('id', IdParam) id: string,
    @Body() body: ApiKeyDto,
  ) {
    const change = keyChangeOf(body, this.clock.now());
    return toApiKeyResponse(await this.apiKeysService.change(workspace, id, change, limitsOf(caller)));
  }

  /**
   * Gives the key another secret; the one before stays good for a while.
   * @operation rotateApiKey
   * @fails ADMIN_SESSION_REQUIRED API_KEY_NOT_FOUND BEYOND_OWN_LIMITS
   */
  @Post(':id/rotate')
  @RequiresScope('keys:manage')
  @HttpCode(HttpStatus.OK)
  @AnswerHoldsSecret()
  async rotate(
    @CurrentWorkspace() workspace: WorkspaceId,
    @CurrentPrincipal() caller: Principal,
    @Param('id', IdParam) id: string,
    @Body() rotation: KeyRotationDto,
  ) {
    const hours = keyOverlapOf(rotation);
    return toNewApiKeyResponse(await this.apiKeysService.rotate(workspace, id, hours, limitsOf(caller)));
  }

  /**
   * Deletes a key, which no longer opens anything.
   * @operation deleteApiKey
   * @fails ADMIN_SESSION_REQUIRED API_KEY_NOT_FOUND
   */
  @Delete(':id')
  @RequiresScope('keys:manage')
  async remove(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.apiKeysService.remove(workspace, id);
    return { deletedCount: 1 };
  }
}
