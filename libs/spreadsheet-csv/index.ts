/**
 * CSV as spreadsheets and CRMs write it: their encodings, their separators, records that can be read on from
 * any place, and cells that no spreadsheet takes for formulas.
 */
export { plainCell, safeCell } from './cells';
export { sniffDelimiter } from './dialect';
export { EncodingSniffer, utf16ToUtf8, type Encoding } from './encoding';
export { BrokenCsv, readRecords, START, type CsvPlace, type CsvRecord, type Dialect } from './records';
