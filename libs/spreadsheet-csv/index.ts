/**
 * CSV as spreadsheets, CRMs, scripts and old programs write it: their encodings, their separators and quotes,
 * records that can be read on from any place, and cells that no spreadsheet takes for formulas.
 */
export { plainCell, safeCell, UTF8_MARK } from './cells';
export { dialectsOf, type FoundDialect } from './dialect';
export { type Encoding, encodingNamed, ENCODINGS, isTurned, type ReadAs, turnIntoUtf8, type TurnedEncoding } from './encodings';
export { type Quotes } from './record-scanner';
export { BrokenCsv, readRecords, START, type CsvPlace, type CsvRecord, type ReadingDialect } from './records';
export { encodingAsNamed, EncodingSniffer, type FoundEncoding } from './sniff-encoding';
