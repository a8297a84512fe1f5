/** Forms of address, which are no part of a name. */
const FORMS_OF_ADDRESS = /^(?:(?:mr|mrs|ms|mx|miss|dr|prof|herr|frau|mme|mlle|sr|sra|dott|dhr|mevr)\.?\s+)+(?=\S)/i;

/**
 * First and last name of a whole one: the first word, and what is behind it; what stands before a comma is
 * the last name. A name of one word, or in a script without spaces, is a first name, since that is what
 * messages begin with.
 */
export function splitName(text: string): { firstName: string | null; lastName: string | null } {
  const name = text.trim().replace(/\s+/g, ' ').replace(FORMS_OF_ADDRESS, '');
  const [before, after] = name.split(/\s*,\s*/, 2);
  if (before && after) return { firstName: after, lastName: before };
  const [firstName, ...others] = (before || after || '').split(' ');
  return { firstName: firstName || null, lastName: others.join(' ') || null };
}
