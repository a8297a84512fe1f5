/** The beginning of a text, in UTF-16 code units; never half of a character that has two of them. */
export const cutText = (text: string, max: number): string => text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
