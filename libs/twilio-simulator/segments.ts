/** The default alphabet of 3GPP TS 23.038; what stands in the extension table takes two septets. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const EXTENSION = new Set('\f^{}\\[~]|€');

const GSM = { single: 160, part: 153 };
const UCS2 = { single: 70, part: 67 };

/**
 * How many segments carriers count for a text: what does not fit in one goes in parts, none of which cuts a
 * character.
 */
export function segmentsOf(text: string): number {
  const characters = [...text];
  const isGsm = characters.every((one) => BASIC.has(one) || EXTENSION.has(one));
  const units = characters.map((one) => (isGsm ? (EXTENSION.has(one) ? 2 : 1) : one.length));
  const { single, part } = isGsm ? GSM : UCS2;
  if (units.reduce((sum, one) => sum + one, 0) <= single) return 1;
  let segments = 1;
  let used = 0;
  for (const one of units) {
    if (used + one > part) {
      segments += 1;
      used = 0;
    }
    used += one;
  }
  return segments;
}
