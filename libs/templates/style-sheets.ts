/** From where to where, in UTF-16 units: the end is not part of it. */
type Range = readonly [from: number, to: number];

/**
 * Where the style sheets of a text in HTML are: between `<style …>` and `</style`, or the end. Takes time in
 * proportion to the length.
 */
export function styleSheetsIn(text: string): Range[] {
  const sheets: Range[] = [];
  const [opening, closing] = [/<style(?=[\s/>])/gi, /<\/style/gi];
  while (opening.test(text)) {
    const from = text.indexOf('>', opening.lastIndex) + 1;
    if (from === 0) break;
    closing.lastIndex = from;
    const to = closing.exec(text)?.index ?? text.length;
    sheets.push([from, to]);
    opening.lastIndex = to;
  }
  return sheets;
}
