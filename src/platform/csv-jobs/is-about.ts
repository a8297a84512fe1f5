/** By what a row of a file is told to be about somebody. */
export interface Traits {
  addresses: readonly string[];
  marks: readonly string[];
}

/** Fewer digits of a phone number may be anything. */
const MIN_DIGITS = 7;

/** Does one of somebody's addresses, in whatever form, or one of their marks stand in a row? */
export function isAbout(cells: readonly string[], { addresses, marks }: Traits): boolean {
  const texts = [...addresses.filter((address) => address.includes('@')), ...marks].map((text) => text.toLowerCase());
  const phones = addresses.filter((address) => !address.includes('@')).map(digitsOf);
  return cells.some((cell) => {
    const lower = cell.toLowerCase();
    if (texts.some((text) => lower.includes(text))) return true;
    const digits = digitsOf(cell);
    return digits.length >= MIN_DIGITS && phones.some((phone) => phone.endsWith(digits) || digits.endsWith(phone));
  });
}

/** Without whatever is written between them, and without the zeros of a trunk or of an international call. */
const digitsOf = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '');
