import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { CurrentWorkspace, RequiresScope } from '../../auth';
import { IdParam, pagination, PagingQuery, parsePageRequest } from '../../platform/http';
import type { WorkspaceId } from '../../platform/ids';
import { AccountsService } from '../application/accounts.service';
import { AccountDto, NewAccountDto, toAccountHealthResponse, toAccountResponse } from './accounts.dto';

/** A workspace's accounts at providers. */
@Controller('api/accounts')
export class AccountsController {
  constructor(private readonly accountsService: AccountsService) {}

  /**
   * The accounts, oldest first.
   * @operation listAccounts
   */
  @Get()
  @RequiresScope('lines:read')
  async list(@CurrentWorkspace() workspace: WorkspaceId, @Query() query: PagingQuery) {
    const pageRequest = parsePageRequest(query);
    const page = await this.accountsService.list(workspace, pageRequest);
    return { accounts: page.items.map(toAccountResponse), pagination: pagination(pageRequest, page) };
  }

  /**
   * Makes an account, with the settings and secrets that `GET /channels` lists for its channel.
   * @operation createAccount
   * @fails CHANNEL_NOT_CONFIGURED
   */
  @Post()
  @RequiresScope('lines:write')
  async create(@CurrentWorkspace() workspace: WorkspaceId, @Body() { channel, ...fields }: NewAccountDto) {
    return toAccountResponse(await this.accountsService.create(workspace, channel, fields));
  }

  /**
   * One account.
   * @operation getAccount
   * @fails ACCOUNT_NOT_FOUND
   */
  @Get(':id')
  @RequiresScope('lines:read')
  async get(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string) {
    return toAccountResponse(await this.accountsService.get(workspace, id));
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
  async change(@CurrentWorkspace() workspace: WorkspaceId, @Param('id', IdParam) id: string, @Body() fields: AccountDto) {
    return toAccountResponse(await this.accountsService.change(workspace, id, fields));
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
}
