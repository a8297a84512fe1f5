/**
 * One number in the forms that networks write it in: numbers of Mexico and Argentina with or without the
 * digit that once meant a mobile, of Brazil with or without the ninth digit of mobiles.
 */
const FORMS: readonly { long: RegExp; toShort: string; short: RegExp; toLong: string }[] = [
  { long: /^\+521(\d{10})$/, toShort: '+52$1', short: /^\+52(\d{10})$/, toLong: '+521$1' },
  { long: /^\+549(\d{10})$/, toShort: '+54$1', short: /^\+54(\d{10})$/, toLong: '+549$1' },
  { long: /^\+55(\d{2})9(\d{8})$/, toShort: '+55$1$2', short: /^\+55(\d{2})([6-9]\d{7})$/, toLong: '+55$19$2' },
];

/** The address, and other forms of the same phone number, which people are to be looked for by too. */
export function formsOf(address: string): string[] {
  for (const { long, toShort, short, toLong } of FORMS) {
    if (long.test(address)) return [address, address.replace(long, toShort)];
    if (short.test(address)) return [address, address.replace(short, toLong)];
  }
  return [address];
}

/**
 * The one form that stands for an address wherever two spellings of it must meet: of a phone number that
 * networks write in several forms the shortest; any other address as it is.
 * @param address normalized: E.164, or an e-mail address
 */
export function identityOf(address: string): string {
  return formsOf(address).reduce((shortest, form) => (form.length < shortest.length ? form : shortest));
}
