/** Words of other products for fields, as they are compared: small letters and digits alone. */
const SYNONYMS: Readonly<Record<string, string>> = {
  fname: 'firstName',
  name: 'firstName',
  givenname: 'firstName',
  lname: 'lastName',
  surname: 'lastName',
  familyname: 'lastName',
  company: 'companyName',
  organization: 'companyName',
  organisation: 'companyName',
  title: 'jobTitle',
  position: 'jobTitle',
  emailaddress: 'email',
  mail: 'email',
  phonenumber: 'phone',
  mobile: 'phone',
  linkedin: 'linkedinUrl',
  sender: 'line_name',
  sendername: 'line_name',
  unsubscribe: 'unsubscribe_url',
  unsubscribelink: 'unsubscribe_url',
  optouturl: 'unsubscribe_url',
  optoutlink: 'unsubscribe_url',
};
const MAX_KEY_LENGTH = 60;

/** The name that was probably meant by a key that is none (`First Name`, `contact.fname`), or null. */
export function nearestName(key: string, names: readonly string[]): string | null {
  if (key.length > MAX_KEY_LENGTH) return null;
  const forms = [key, key.split('.').at(-1)!].map(plain).filter((form) => form !== '');
  for (const form of forms) {
    const same = names.find((name) => name !== key && plain(name) === form);
    if (same !== undefined) return same;
    const meant = Object.hasOwn(SYNONYMS, form) ? SYNONYMS[form]! : undefined;
    if (meant !== undefined && names.includes(meant)) return meant;
  }
  let [nearest, least] = [null as string | null, Infinity];
  for (const name of names) {
    for (const form of forms) {
      // One slip in five letters: `firstNane`, `compnyName`.
      const allowed = Math.floor(Math.min(form.length, plain(name).length) / 5);
      const distance = editDistance(form, plain(name));
      if (name !== key && distance <= allowed && distance < least) [nearest, least] = [name, distance];
    }
  }
  return nearest;
}

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** How many letters have to be added, left out or changed to make one text of the other. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const changed = row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[right.length]!;
}
