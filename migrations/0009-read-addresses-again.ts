import type { Migration } from '../src/platform/migrations';
import { planKeyed, runKeyed } from './rereading/keyed-records';
import { planLeads, runLeads } from './rereading/leads';
import { planNamed, runNamed } from './rereading/named-addresses';
import { planSuppressions, runSuppressions } from './rereading/suppressions';

/**
 * Phones and e-mail addresses are read as people write them: what is stored gets the form that they are read
 * in today, and placeholders, which made one person of many, are no addresses any more. What keeps messages
 * from somebody comes first: nobody can be written to under a form that nothing guards yet. Nobody is merged:
 * of two leads of a list that turn out to have the same address, the second stays as it is. What stands under
 * the hash of somebody who was erased cannot be read, and stays too.
 */
export const readAddressesAgain: Migration = {
  id: '0009-read-addresses-again',

  async plan(db) {
    return [...(await planSuppressions(db)), ...(await planKeyed(db)), ...(await planLeads(db)), ...(await planNamed(db))];
  },

  async run(context) {
    await runSuppressions(context);
    await runKeyed(context);
    await runLeads(context);
    await runNamed(context);
  },
};
