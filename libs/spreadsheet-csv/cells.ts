/** What begins so is a formula to a spreadsheet, in full width too; an apostrophe there would be lost. */
const FORMULA = "=+\\-@＝＋－＠'";
/** Behind it begins another cell for a spreadsheet that divides by it, or does not see the quotes. */
const BORDER = '[;\\t\\r\\n]';
const DANGEROUS = new RegExp(`^(?=\\s*[${FORMULA}]|[\\t\\r\\n])|(?<=${BORDER})(?=[${FORMULA}])`, 'g');
const MADE_SAFE = new RegExp(`^'(?=\\s*[${FORMULA}]|[\\t\\r\\n])|(?<=${BORDER})'(?=[${FORMULA}])`, 'g');

/**
 * The cell as it may stand in a file for spreadsheets: formulas become texts
 * (https://owasp.org/www-community/attacks/CSV_Injection), also those that begin inside of the cell where
 * the file is divided by semicolons or tabs, or the cell ends with its line.
 */
export const safeCell = (text: string): string => text.replace(DANGEROUS, "'");

/** What the cell was before `safeCell`. */
export const plainCell = (cell: string): string => cell.replace(MADE_SAFE, '');

/** What a file in UTF-8 begins with, so that spreadsheets do not take it for something else. */
export const UTF8_MARK = '\ufeff';
