import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/ids';
import { Leads } from '../domain/leads.repository';

/** Knows leads by the ids that other systems have for them. */
@Injectable()
export class ExternalIdsService {
  constructor(private readonly leads: Leads) {}

  /** The external ids of those of the leads that have one, by the lead's id. */
  async of(workspaceId: WorkspaceId, leadIds: readonly (string | null)[]): Promise<Map<string, string>> {
    const ids = [...new Set(leadIds.filter((id) => id !== null))];
    if (ids.length === 0) return new Map();
    const leads = await this.leads.findMany(workspaceId, ids);
    return new Map(leads.flatMap(({ id, externalId }) => (externalId === null ? [] : [[id, externalId] as const])));
  }

  /**
   * The leads that a filter is about: one, those with an external id, or one if it has that.
   * @returns `undefined` where it names neither
   */
  async leadIdsOf(
    workspaceId: WorkspaceId,
    { leadId, externalId }: { leadId?: string; externalId?: string },
  ): Promise<string[] | undefined> {
    if (externalId === undefined) return leadId === undefined ? undefined : [leadId];
    const ids = (await this.leads.findByExternalIds(workspaceId, [externalId])).map(({ id }) => id);
    return leadId === undefined ? ids : ids.filter((id) => id === leadId);
  }
}
