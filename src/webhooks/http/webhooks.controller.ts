import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post } from '@nestjs/common';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { Audits } from '../../platform/audit';
import { Config } from '../../platform/config';
import { IdParam } from '../../platform/http';
import { AnswerHoldsSecret } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { WebhooksService } from '../application/webhooks.service';
import {
  NewWebhookDto,
  overlapOf,
  readUrl,
  RotationDto,
  toCheckResponse,
  toNewWebhookResponse,
  toWebhookResponse,
  WebhookDto,
} from './webhooks.dto';

/** A workspace's endpoints, which are told of what happens. */
@Controller('api/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooksService: WebhooksService,
    private readonly config: Config,
  ) {}

  /**
   * The webhooks, newest first, all of them.
   * @operation listWebhooks
   */
  @Get()
  @RequiresScope('webhooks:manage')
  async list(@CurrentWorkspace() workspace: WorkspaceId) {
    return { webhooks: (await this.webhooksService.list(workspace)).map(toWebhookResponse) };
  }

  /**
   * Makes a webhook. The answer holds its secret, which is not shown again; everything that happens from then
   * on is told.
   * @operation createWebhook
   * @fails TOO_MANY_WEBHOOKS
   */
  @Post()
  @Audits('webhook.created', 'webhook')
  @RequiresScope('webhooks:manage')
  @AnswerHoldsSecret()
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() { url, description, ...fields }: NewWebhookDto) {
    const webhook = { ...fields, url: this.read(url), description: description ?? null };
    return toNewWebhookResponse(await this.webhooksService.create(workspace, webhook));
  }

  /**
   * One webhook.
   * @operation getWebhook
   * @fails WEBHOOK_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('webhooks:manage')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toWebhookResponse(await this.webhooksService.get(workspace, id));
  }

  /**
   * Changes the fields that are given.
   * @operation changeWebhook
   * @fails WEBHOOK_NOT_FOUND
   */
  @Patch(':id')
  @Audits('webhook.changed', 'webhook')
  @RequiresScope('webhooks:manage')
  async change(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Body() { url, ...fields }: WebhookDto,
  ) {
    const changes = { ...fields, ...(url !== undefined && { url: this.read(url) }) };
    await this.webhooksService.change(workspace, id, changes);
    return { success: true };
  }

  /**
   * Deletes a webhook, with its log.
   * @operation deleteWebhook
   * @fails WEBHOOK_NOT_FOUND
   */
  @Delete(':id')
  @Audits('webhook.deleted', 'webhook')
  @RequiresScope('webhooks:manage')
  async delete(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.webhooksService.delete(workspace, id);
    return { deletedCount: 1 };
  }

  /**
   * Sends a signed trial to the endpoint, and says what it answered.
   * @operation checkWebhook
   * @fails WEBHOOK_NOT_FOUND
   */
  @Post(':id/health-check')
  @RequiresScope('webhooks:manage')
  @HttpCode(HttpStatus.OK)
  async check(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toCheckResponse(await this.webhooksService.check(workspace, id));
  }

  /**
   * Gives it a new secret, which is not shown again; the earlier one signs as well for a while.
   * @operation rotateWebhookSecret
   * @fails WEBHOOK_NOT_FOUND
   */
  @Post(':id/rotate-secret')
  @Audits('webhook.rotated', 'webhook')
  @RequiresScope('webhooks:manage')
  @HttpCode(HttpStatus.OK)
  @AnswerHoldsSecret()
  async rotate(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() rotation: RotationDto) {
    const { secret, previousUntil } = await this.webhooksService.rotate(workspace, id, overlapOf(rotation));
    return { id, secret, previousSecretExpiresAt: previousUntil };
  }

  private read(url: string): string {
    return readUrl(url, { allowsPrivate: this.config.ALLOW_PRIVATE_TARGETS });
  }
}
