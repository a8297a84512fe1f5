import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';
import { LeadsService } from '../../leads';
import { Config } from '../../platform/config';
import { type CrmIds, crmIdsOf } from '../../platform/crm-ids';
import { DomainError, ValidationFailed } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { type LeadResult, resultOf } from '../domain/availability';
import {
  AddressNotAskable,
  AvailabilityUnknown,
  NoAddresses,
  RefusedInRotation,
  UnusableAddresses,
} from '../domain/availability.errors';
import { CheckAvailabilityService, type CheckOptions } from './check-availability.service';

/** Checks whose caller waits for the answer: one lead, one address, or the first of several addresses. */
@Injectable()
export class DirectChecksService {
  constructor(
    private readonly checkAvailabilityService: CheckAvailabilityService,
    private readonly leadsService: LeadsService,
    private readonly config: Config,
  ) {}

  /**
   * Checks a lead and writes the outcome to it. @throws NotFound, and what CheckAvailabilityService throws
   */
  async lead(workspaceId: WorkspaceId, leadId: string, { refresh }: Pick<CheckOptions, 'refresh'>): Promise<LeadResult & CrmIds> {
    const lead = await this.leadsService.get(workspaceId, leadId);
    const result = resultOf(lead, await this.checkAvailabilityService.checkLead(lead, this.options(refresh)));
    return { ...result, ...crmIdsOf(lead) };
  }

  /**
   * Checks a phone number or an e-mail address, however it is written.
   * @returns the address as it was asked about, and whether it has iMessage
   * @throws ValidationFailed, AvailabilityUnknown, and what CheckAvailabilityService throws
   */
  async address(
    workspaceId: WorkspaceId,
    text: string,
    { refresh }: Pick<CheckOptions, 'refresh'>,
  ): Promise<{ available: boolean; address: string }> {
    const address = normalized(text);
    const finding = await this.checkAvailabilityService.checkAddress(workspaceId, address, this.options(refresh));
    if (finding.kind === 'failed') throw new AvailabilityUnknown(finding.reason);
    if (finding.kind === 'not-askable') throw new AddressNotAskable(finding.reason);
    return { available: finding.kind === 'available', address };
  }

  /**
   * Checks the addresses in their order, over the lines in rotation, until one has iMessage. Those that
   * cannot be read are passed over.
   * @returns whether one has, and what was passed over
   * @throws RefusedInRotation, whatever the reason
   */
  async anyOf(workspaceId: WorkspaceId, texts: readonly string[]): Promise<{ available: boolean; ignored: string[] }> {
    try {
      const given = texts.filter((text) => text.trim() !== '');
      const read = given.map((text) => ({ text, address: normalizeAddress(text, DEFAULT_COUNTRY_CODE)?.value }));
      const ignored = read.filter(({ address }) => address === undefined).map(({ text }) => text);
      const addresses = [...new Set(read.flatMap(({ address }) => address ?? []))];
      if (given.length === 0) throw new NoAddresses();
      if (addresses.length === 0) throw new UnusableAddresses(ignored);
      return { available: await this.anyOfRead(workspaceId, addresses), ignored };
    } catch (error) {
      throw error instanceof DomainError ? new RefusedInRotation(error) : error;
    }
  }

  /** @throws AvailabilityUnknown or AddressNotAskable when none has and one could not be checked */
  private async anyOfRead(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<boolean> {
    let failure: AvailabilityUnknown | AddressNotAskable | null = null;
    for (const address of addresses) {
      const finding = await this.checkAvailabilityService.checkAddress(workspaceId, address, this.options(false));
      if (finding.kind === 'available') return true;
      if (finding.kind === 'failed') failure = new AvailabilityUnknown(finding.reason);
      if (finding.kind === 'not-askable') failure ??= new AddressNotAskable(finding.reason);
    }
    if (failure !== null) throw failure;
    return false;
  }

  private options(refresh: boolean): CheckOptions {
    return { refresh, patienceMs: this.config.AVAILABILITY_WAIT_SECONDS * 1_000 };
  }
}

/** @throws ValidationFailed when the string is neither a phone number nor an e-mail address */
function normalized(text: string): string {
  const address = normalizeAddress(text, DEFAULT_COUNTRY_CODE);
  if (!address) throw new ValidationFailed([{ field: 'address', message: 'must be a phone number or an e-mail address' }]);
  return address.value;
}
