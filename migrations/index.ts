import type { Migration } from '../src/platform/migrations';
import { dropIndexesNobodyUses } from './0001-drop-indexes-nobody-uses';
import { completeMessages } from './0002-complete-messages';
import { completeLeads } from './0003-complete-leads';
import { completeSettings } from './0004-complete-settings';
import { joinRecipients } from './0005-join-recipients';
import { sendingFormatOne } from './0006-sending-format-one';
import { bridgeAsItIs } from './0007-bridge-as-it-is';
import { oneFormOfAddresses } from './0008-one-form-of-addresses';
import { readAddressesAgain } from './0009-read-addresses-again';
import { renewSearchTokens } from './0010-renew-search-tokens';
import { completeTimesOfChange } from './0011-complete-times-of-change';
import { accountsOfLines } from './0012-accounts-of-lines';
import { conversationsOfReplies } from './0013-conversations-of-replies';
import { sendingFormatTwo } from './0014-sending-format-two';

/**
 * In the order in which they run. One that was released is never changed, moved or removed; a new one goes to
 * the end.
 */
export const MIGRATIONS: readonly Migration[] = [
  dropIndexesNobodyUses,
  completeMessages,
  completeLeads,
  completeSettings,
  joinRecipients,
  sendingFormatOne,
  bridgeAsItIs,
  oneFormOfAddresses,
  readAddressesAgain,
  renewSearchTokens,
  completeTimesOfChange,
  accountsOfLines,
  conversationsOfReplies,
  sendingFormatTwo,
];
