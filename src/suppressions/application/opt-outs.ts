import { Injectable } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import { type Judgement, judgeReply, languageOf, languagesOfCountry } from '#libs/opt-out-words';
import { type Workspace, Workspaces } from '../../auth';
import type { Lead } from '../../leads';
import { Clock } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { cutText } from '../../platform/texts';
import { MAX_TEXT, type NewSuppression, type Suppression, type SuppressionSource } from '../domain/suppression';
import { Suppressions } from '../domain/suppressions.repository';
import { SuppressionWrites } from './suppression-writes';

const DAY_MS = 86_400_000;
/** What CRMs call the field that holds a person's language. */
const LANGUAGE_FIELDS = ['language', 'Language', 'locale', 'hs_language'] as const;

/** A reply, as far as it may say that somebody does not want to be written to. */
export interface PersonsReply {
  id: string;
  workspaceId: WorkspaceId;
  /** Who wrote. */
  address: string;
  channel: string;
  text: string;
  /** What the provider has made of it, where it acts on such words by itself; `null`: it is ours to judge. */
  keyword: 'opt_out' | 'opt_in' | 'help' | null;
  /** The lead whose message was answered, where that is known. */
  person: Lead | null;
  /** All addresses of whoever may have written. */
  addresses: readonly string[];
  /** The text that was sent to the address last. */
  lastOutbound: string | null;
  /** ISO countries of the workspace's lines. */
  countries: readonly string[];
  /** The person has said something about it later already: what comes late changes nothing. */
  isOutdated: boolean;
}

/** A reply as it is kept: who wrote what, and the lead whose message was answered, where that is known. */
export type KeptReply = Pick<PersonsReply, 'id' | 'workspaceId' | 'address' | 'channel' | 'text'> & { personId: string | null };

/** What became of a reply. */
interface Taken {
  kind: Judgement['kind'];
  /** The answer that the product owes, if the workspace has a text for it. */
  answer: 'help' | 'confirmation' | null;
}

/** A person ended what they get, or complained about it, by a program of theirs and not by a word. */
export interface ReportedOptOut {
  workspaceId: WorkspaceId;
  address: string;
  channel: string;
  reason: 'unsubscribed' | 'complained';
  /** The lead whose message it is about, where that is known. */
  leadId: string | null;
  note: string;
}

/** Reads in replies whether people want to be written to, and acts on it (docs/consent.md). */
@Injectable()
export class OptOuts {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly suppressionWrites: SuppressionWrites,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {}

  /**
   * Judges a reply, and writes or lifts the suppression that it asks for, in the reply's transaction.
   * @returns what kind of reply it is, and which answer of the product's own it asks for
   * @throws SuppressionWritten when another call writes the same at the same moment: the caller retries
   */
  async take(reply: PersonsReply, transaction: Transaction): Promise<Taken> {
    const { workspaceId } = reply;
    const workspace = await this.workspaces.find(workspaceId);
    const ofPerson = await this.suppressions.among(workspaceId, [...formsOf(reply.address), ...reply.addresses], transaction);
    const byWord = await this.byWord(workspaceId, ofPerson, transaction);
    const judged = judgeReply({
      text: reply.text,
      languages: languagesFor(reply, workspace),
      suppressedBefore: byWord.length > 0,
      optOutWords: workspace?.optOutWords ?? [],
      matching: workspace?.optOutMatching ?? 'whole',
      leadName: reply.person ?? undefined,
      lastOutbound: reply.lastOutbound,
    });
    const kind = reply.keyword ?? judged.kind;
    if (reply.isOutdated) return { kind, answer: null };
    const written = { ...reply, personId: reply.person?.id ?? null };
    const isNew = kind === 'opt_out' && (await this.optOut(written, 'reply', transaction));
    if (kind === 'opt_in') await this.lift(workspaceId, byWord, 'word', transaction);
    if (kind === 'review') await this.review(written, workspace, transaction);
    return { kind, answer: kind === 'help' ? 'help' : isNew ? 'confirmation' : null };
  }

  /** Writes the suppression. @throws SuppressionWritten as above */
  async reported(
    { workspaceId, address, channel, reason, leadId, note }: ReportedOptOut,
    transaction: Transaction,
  ): Promise<void> {
    const workspace = await this.workspaces.find(workspaceId);
    const suppression: NewSuppression = {
      workspaceId,
      address,
      domain: null,
      channel: scopeOf(channel, workspace),
      reason,
      source: 'event',
      text: null,
      replyId: null,
      byWord: false,
      leadIds: leadId ? [leadId] : [],
      reviewUntil: null,
      note,
      createdAt: this.clock.now(),
      createdBy: null,
    };
    await this.suppressionWrites.add([suppression], transaction);
  }

  /** What a word wrote of the person: also where an address is covered by what was derived from it. */
  private async byWord(
    workspaceId: WorkspaceId,
    ofPerson: readonly Suppression[],
    transaction: Transaction,
  ): Promise<Suppression[]> {
    const written = ofPerson.filter((one) => one.byWord && one.reason === 'opted_out');
    const known = new Set(written.map(({ id }) => id));
    const origins = [...new Set(written.flatMap(({ via }) => via))].filter((id) => !known.has(id));
    const own = written.filter(({ isOwn }) => isOwn);
    for (const id of origins) {
      const origin = await this.suppressions.find(workspaceId, id, transaction);
      if (origin) own.push(origin);
    }
    return own;
  }

  /** Somebody, or the end of its time, decided on a reply under review. */
  async decide(reply: KeptReply, as: 'opt_out' | 'reply', transaction: Transaction): Promise<void> {
    if (as === 'opt_out') await this.optOut(reply, 'review', transaction);
    const reviews = await this.reviewsFor(reply, transaction);
    if (as === 'opt_out') await this.suppressionWrites.becomeOptOuts(reviews, transaction);
    await this.lift(reply.workspaceId, reviews, 'decided', transaction);
  }

  /**
   * The time of a review is over on which nobody can decide any more, since the person was erased: it becomes
   * an opt-out as it stands.
   */
  async endReview(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<void> {
    const review = await this.suppressions.find(workspaceId, id, transaction);
    if (review?.reason !== 'review') return;
    await this.suppressionWrites.becomeOptOuts([review], transaction);
    await this.lift(workspaceId, [review], 'decided', transaction);
  }

  /**
   * A reply under review was an ordinary one, and another one of the person is under review: what is held,
   * with the addresses of a lead that is gone, is held for that one from now on.
   */
  async goOnFor(other: KeptReply & { receivedAt: Date }, { id, address }: KeptReply, transaction: Transaction): Promise<void> {
    const { workspaceId } = other;
    const reviews = await this.reviewsFor({ id, workspaceId, address }, transaction);
    const workspace = await this.workspaces.find(workspaceId);
    const { text, replyId, leadIds } = this.rowOf(other, workspace);
    const reviewUntil = reviewEnd(workspace, other.receivedAt);
    await this.suppressions.goOn(reviews, { text, replyId, leadIds, reviewUntil }, transaction);
  }

  private async reviewsFor(
    { id, workspaceId, address }: Pick<KeptReply, 'id' | 'workspaceId' | 'address'>,
    transaction: Transaction,
  ): Promise<Suppression[]> {
    const listed = await this.suppressions.among(workspaceId, formsOf(address), transaction);
    return listed.filter((one) => one.reason === 'review' && one.replyId === id);
  }

  private async review(reply: KeptReply, workspace: Workspace | null, transaction: Transaction): Promise<void> {
    const reviewUntil = reviewEnd(workspace, this.clock.now());
    const suppression = { ...this.rowOf(reply, workspace), reason: 'review', source: 'reply', reviewUntil } as const;
    await this.suppressionWrites.add([suppression], transaction);
  }

  /** @returns whether it was not written before */
  private async optOut(reply: KeptReply, source: SuppressionSource, transaction: Transaction): Promise<boolean> {
    const workspace = await this.workspaces.find(reply.workspaceId);
    const suppression = { ...this.rowOf(reply, workspace), reason: 'opted_out', source, reviewUntil: null } as const;
    return (await this.suppressionWrites.add([suppression], transaction)).length > 0;
  }

  private async lift(
    workspaceId: WorkspaceId,
    suppressions: readonly Suppression[],
    how: 'word' | 'decided',
    transaction: Transaction,
  ): Promise<void> {
    if (suppressions.length === 0) return;
    await this.suppressionWrites.lift(workspaceId, suppressions, { how, by: null }, transaction);
  }

  private rowOf(
    { id, workspaceId, address, channel, text, personId }: KeptReply,
    workspace: Workspace | null,
  ): Omit<NewSuppression, 'reason' | 'source' | 'reviewUntil'> {
    return {
      workspaceId,
      address,
      domain: null,
      channel: scopeOf(channel, workspace),
      text: cutText(text, MAX_TEXT),
      replyId: id,
      byWord: true,
      leadIds: personId ? [personId] : [],
      note: null,
      createdAt: this.clock.now(),
      createdBy: null,
    };
  }
}

/** What an opt-out on the channel covers. */
const scopeOf = (channel: string, workspace: Workspace | null): 'all' | 'email' | 'phone' =>
  workspace?.optOutScope === 'all' ? 'all' : channel === 'email' ? 'email' : 'phone';

const reviewEnd = (workspace: Workspace | null, from: Date): Date =>
  new Date(from.getTime() + (workspace?.reviewDays ?? 0) * DAY_MS);

/** The languages of the lead, of the workspace, and of the countries of its lines. */
function languagesFor({ person, countries }: PersonsReply, workspace: Workspace | null): string[] {
  const own = LANGUAGE_FIELDS.flatMap((field) => languageOf(person?.customFields[field]) ?? []);
  return [...new Set([...own, ...(workspace?.languages ?? []), ...countries.flatMap(languagesOfCountry)])];
}
