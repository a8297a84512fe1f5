import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentPrincipal, CurrentWorkspace, type Principal, RequiresScope } from '../../auth';
import { IdParam, pagination, PagingQuery, parsePageRequest } from '../../platform/http';
import { AnswerHoldsSecret } from '../../platform/idempotency';
import type { WorkspaceId } from '../../platform/ids';
import { AccountInbox } from '../application/account-inbox.service';
import { AccountsService } from '../application/accounts.service';
import type { Account } from '../domain/account';
import {
  AccountDto,
  AccountInboundRotationDto,
  NewAccountDto,
  overlapOf,
  toAccountHealthResponse,
  toAccountResponse,
} from './accounts.dto';

/** A workspace's accounts at providers. */
@Controller('api/accounts')
export class AccountsController {
  constructor(
    private readonly accountsService: AccountsService,
    private readonly accountInbox: AccountInbox,
  ) {}

  /**
   * The accounts, oldest first.
   * @operation listAccounts
   */
  @Get()
  @RequiresScope('lines:read')
  async list(@CurrentPrincipal() caller: Principal, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.accountsService.list(caller.workspaceId, pageRequest);
    return { accounts: page.items.map((account) => this.shown(account, caller)), pagination: pagination(pageRequest, page) };
  }

  /**
   * Makes an account, with the settings and secrets that `GET /channels` lists for its channel. The answer
   * holds the inbound URL, whose secret is not kept.
   * @operation createAccount
   * @fails CHANNEL_NOT_CONFIGURED
   */
  @Post()
  @RequiresScope('lines:write')
  @AnswerHoldsSecret()
  async create(@CurrentPrincipal() caller: Principal, @Body() { channel, ...fields }: NewAccountDto) {
    return this.shown(await this.accountsService.create(caller.workspaceId, channel, fields), caller);
  }

  /**
   * One account. Its inbound URL is shown to those alone who may change it.
   * @operation getAccount
   * @fails ACCOUNT_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('lines:read')
  async get(@CurrentPrincipal() caller: Principal, @Param('id', IdParam) id: string) {
    return this.shown(await this.accountsService.get(caller.workspaceId, id), caller);
  }

  /**
   * Asks the account's provider whether the account works, and keeps the answer on it.
   * @operation checkAccount
   * @fails ACCOUNT_NOT_FOUND CHANNEL_NOT_CONFIGURED
   */
  @Get(':id/health')
  @RequiresScope('lines:read')
  async checkHealth(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toAccountHealthResponse(await this.accountsService.checkHealth(workspace, id));
  }

  /**
   * Changes the fields that are given, for all lines of the account. The URL of another server needs the
   * secrets with it.
   * @operation changeAccount
   * @fails ACCOUNT_NOT_FOUND CHANNEL_NOT_CONFIGURED
   */
  @Patch(':id')
  @RequiresScope('lines:write')
  async change(@CurrentPrincipal() caller: Principal, @Param('id', IdParam) id: string, @Body() fields: AccountDto) {
    return this.shown(await this.accountsService.change(caller.workspaceId, id, fields), caller);
  }

  /**
   * Gives the account another inbound URL, which is to be set at its provider. The earlier one is answered as
   * well for a while. An account that was made for its lines has none before.
   * @operation rotateAccountInboundUrl
   * @fails ACCOUNT_NOT_FOUND
   */
  @Post(':id/rotate-inbound-url')
  @RequiresScope('lines:write')
  @HttpCode(HttpStatus.OK)
  @AnswerHoldsSecret()
  async rotate(
    @CurrentWorkspace() workspace: WorkspaceId,
    @Param('id', IdParam) id: string,
    @Body() rotation: AccountInboundRotationDto,
  ) {
    const previousUrlExpiresAt = await this.accountInbox.rotate(workspace, id, overlapOf(rotation));
    const account = await this.accountsService.get(workspace, id);
    return { _id: id, inboundUrl: this.accountInbox.urlOf(account), previousUrlExpiresAt };
  }

  /**
   * Deletes an account that no line is on.
   * @operation deleteAccount
   * @fails ACCOUNT_NOT_FOUND ACCOUNT_HAS_LINES
   */
  @Delete(':id')
  @RequiresScope('lines:write')
  async delete(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    await this.accountsService.delete(workspace, id);
    return { deletedCount: 1 };
  }

  /** Whoever knows an inbound URL can send replies to it: it is shown to those who may write lines. */
  private shown(account: Account, { scopes }: Principal) {
    return toAccountResponse(account, scopes.has('lines:write') ? this.accountInbox.urlOf(account) : null);
  }
}
