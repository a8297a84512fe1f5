import type { Type } from '@nestjs/common';
import { AddressGate } from './address.gate';
import { CampaignGate } from './campaign.gate';
import { CapacityGate } from './capacity.gate';
import { ClockGate } from './clock.gate';
import { CredentialsAndRenderGate } from './credentials-and-render.gate';
import { FileGate } from './file.gate';
import { FrequencyGate } from './frequency.gate';
import type { Gate } from './gate';
import { LeadGate } from './lead.gate';
import { LineGate } from './line.gate';
import { PaceGate } from './pace.gate';
import { RecipientGate } from './recipient.gate';
import { ReplyCatchUpGate } from './reply-catch-up.gate';
import { StartGate } from './start.gate';
import { SuppressionGate } from './suppression.gate';
import { WindowGate } from './window.gate';

export type { Gate } from './gate';

/**
 * Every gate, in the order in which a message comes to them. docs/sending.md says why; a test compares the
 * two.
 */
export const GATES: Type<Gate>[] = [
  ClockGate,
  LeadGate,
  CampaignGate,
  SuppressionGate,
  WindowGate,
  AddressGate,
  LineGate,
  ReplyCatchUpGate,
  FileGate,
  RecipientGate,
  CapacityGate,
  FrequencyGate,
  PaceGate,
  CredentialsAndRenderGate,
  StartGate,
];

/** The gates in their order, made by Nest. */
export class Gates {
  constructor(readonly inOrder: readonly Gate[]) {}
}
