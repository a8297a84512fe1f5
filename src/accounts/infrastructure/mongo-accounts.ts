import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { collectionOf, hex, isDuplicateKey, objectId, pageById, type Transaction, within } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import {
  type Account,
  type AccountHealth,
  AccountMadeMeanwhile,
  Accounts,
  type NewAccountSecret,
  placeOf,
} from '../domain/account';
import type { AccountDocument } from './account.schema';

@Injectable()
export class MongoAccounts extends Accounts {
  private readonly accounts: Collection<AccountDocument>;

  constructor(@InjectModel('Account') model: Model<AccountDocument>) {
    super();
    this.accounts = collectionOf(model);
  }

  async find(workspace: WorkspaceId, id: string, transaction?: Transaction): Promise<Account | null> {
    const found = await this.accounts.findOne({ _id: objectId(id), workspaceId: workspace }, within(transaction));
    return found && toAccount(found);
  }

  list(workspace: WorkspaceId, pageRequest: PageRequest): Promise<Page<Account>> {
    const filter = { workspaceId: workspace };
    return pageById({ collection: this.accounts, filter, order: 'oldest-first', toItem: toAccount }, pageRequest);
  }

  async at(workspace: WorkspaceId, place: string, transaction: Transaction): Promise<Account[]> {
    const query = { workspaceId: workspace, place };
    return (await this.accounts.find(query, { sort: { nth: 1 }, ...within(transaction) }).toArray()).map(toAccount);
  }

  async findBySecret(secretFingerprint: string, now: Date): Promise<Account | null> {
    const present = await this.accounts.findOne({ secretFingerprint });
    const previous = { 'previousSecret.fingerprint': secretFingerprint, 'previousSecret.until': { $gt: now } };
    const found = present ?? (await this.accounts.findOne(previous));
    return found && toAccount(found);
  }

  async rotateSecret(
    { id, workspaceId: workspace }: Pick<Account, 'workspaceId' | 'id'>,
    { inboundSecret, fingerprint, previousUntil: until, now }: NewAccountSecret,
    transaction: Transaction,
  ): Promise<boolean> {
    const query = { _id: objectId(id), workspaceId: workspace };
    const before = await this.accounts.findOne(query, { projection: { secretFingerprint: 1 }, ...within(transaction) });
    if (!before) return false;
    const previousSecret = before.secretFingerprint ? { fingerprint: before.secretFingerprint, until } : null;
    const secret = { inboundSecret, secretFingerprint: fingerprint, previousSecret };
    await this.accounts.updateOne(query, { $set: { ...secret, isImplicit: false, updatedAt: now } }, within(transaction));
    return true;
  }

  async insert(account: Account, secretFingerprint: string | null, transaction: Transaction): Promise<void> {
    const { id, ...fields } = account;
    const placed = await this.placed(account, transaction);
    const own = { secretNames: [...account.secretNames], secretFingerprint, holds: 0 };
    const document = { _id: objectId(id), ...fields, ...placed, ...own };
    await orMeanwhile(this.accounts.insertOne(document, within(transaction)));
  }

  async save(account: Account, transaction: Transaction): Promise<boolean> {
    const { id, health: _, inboundSecret: __, secretNames, ...fields } = account;
    const query = { _id: objectId(id), workspaceId: account.workspaceId };
    const before = await this.accounts.findOne(query, { projection: { place: 1 }, ...within(transaction) });
    if (!before) return false;
    const placed = before.place === placeOf(account) ? {} : await this.placed(account, transaction);
    const $set = { ...fields, ...placed, secretNames: [...secretNames] };
    await orMeanwhile(this.accounts.updateOne(query, { $set }, within(transaction)));
    return true;
  }

  async saveHealth({ id, workspaceId: workspace, updatedAt }: Account, health: AccountHealth): Promise<void> {
    await this.accounts.updateOne({ _id: objectId(id), workspaceId: workspace, updatedAt }, { $set: { health } });
  }

  async hold(workspace: WorkspaceId, id: string, transaction: Transaction): Promise<boolean> {
    const query = { _id: objectId(id), workspaceId: workspace };
    return (await this.accounts.updateOne(query, { $inc: { holds: 1 } }, within(transaction))).matchedCount > 0;
  }

  async remove(workspace: WorkspaceId, id: string, transaction: Transaction): Promise<boolean> {
    const query = { _id: objectId(id), workspaceId: workspace };
    return (await this.accounts.deleteOne(query, within(transaction))).deletedCount > 0;
  }

  /** Behind the last of its place. */
  private async placed(account: Account, transaction: Transaction): Promise<Pick<AccountDocument, 'place' | 'nth'>> {
    const place = placeOf(account);
    const options = { projection: { nth: 1 }, sort: { nth: -1 as const }, ...within(transaction) };
    const last = await this.accounts.findOne({ workspaceId: account.workspaceId, place }, options);
    return { place, nth: last ? last.nth + 1 : 0 };
  }
}

async function orMeanwhile(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (isDuplicateKey(error)) throw new AccountMadeMeanwhile();
    throw error;
  }
}

function toAccount(stored: AccountDocument): Account {
  const { _id, workspaceId: workspace, place: _, nth: __, holds: ___, ...document } = stored;
  const { secretFingerprint: ____, previousSecret: _____, ...fields } = document;
  const { inboundSecret = null, overallPace = null } = document;
  return { id: hex(_id), workspaceId: workspaceId(workspace), ...fields, inboundSecret, overallPace };
}
