import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../auth';
import type { WorkspaceId } from '../../platform/ids';
import type { CampaignSettings } from '../domain/campaign';
import type { ZoneGuesses } from '../domain/lead-window';

/** Where nothing is known of the workspace. */
export const NO_GUESSES: ZoneGuesses = { guessZoneFromAreaCode: false };

/** How the zones of leads may be found in a workspace. Read only for campaigns that ask for them. */
@Injectable()
export class ZoneGuessesService {
  constructor(private readonly workspaces: Workspaces) {}

  async of(workspaceId: WorkspaceId, campaigns: readonly { settings: CampaignSettings }[]): Promise<ZoneGuesses> {
    if (!campaigns.some(({ settings }) => settings.useLeadTimezone)) return NO_GUESSES;
    return (await this.workspaces.find(workspaceId)) ?? NO_GUESSES;
  }
}
