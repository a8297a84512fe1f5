/** A cell that begins so is a formula to a spreadsheet; one that begins with an apostrophe would lose it. */
const DANGEROUS = /^[=+\-@\t\r']/;
const MADE_SAFE = /^'(?=[=+\-@\t\r'])/;

/**
 * The cell as it may stand in a file for spreadsheets: formulas become texts
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export const safeCell = (text: string): string => (DANGEROUS.test(text) ? `'${text}` : text);

/** What the cell was before `safeCell`. */
export const plainCell = (cell: string): string => cell.replace(MADE_SAFE, '');

/** What a file in UTF-8 begins with, so that spreadsheets do not take it for something else. */
export const UTF8_MARK = '\ufeff';
