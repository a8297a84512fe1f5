import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { type Encoding, encodingNamed, ENCODINGS } from '#libs/spreadsheet-csv';
import { Optional, QueryFlag, QueryNumber } from '../http';
import { CSV_TEXTS } from './csv.texts';
import type { Mapping } from './csv-columns';
import type { CsvCall } from './csv-uploads';
import { mappingOf } from './mapping-field';

/** The name of an encoding, or one that it also goes by. */
const IsEncoding = () =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (encodingNamed(value) ?? value) : value)),
    IsIn(ENCODINGS, { message: CSV_TEXTS.unknownEncoding(ENCODINGS) }),
  );

const MAX_LINE = 1_000_000;

/** What goes with a file of any kind, as form fields or in the query. */
export class CsvFields {
  /** JSON: column → where it goes, or null. */
  @Optional() @IsString() @MaxLength(100_000) mapping?: string;
  /** Overrides what the bytes of the file show. */
  @Optional() @IsEncoding() encoding?: Encoding;
  /** The line of the header, where it is none of the first rows, or another than is found. */
  @Optional() @QueryNumber(1, MAX_LINE) headerLine?: number;
  /** Only say what would become of the file's first rows. */
  @Optional() @QueryFlag() @IsBoolean() dryRun?: boolean;
}

/** Where the columns of a file go, and where they are named, as far as the caller says it. */
export interface HeaderCall {
  mapping: Mapping;
  headerLine?: number;
}

/** What the fields of an upload ask for. @throws ValidationFailed */
export const csvCallOf = <F extends CsvFields>({
  mapping,
  encoding,
  dryRun = false,
  ...own
}: F): CsvCall<Omit<F, keyof CsvFields> & HeaderCall> => ({
  call: { ...own, mapping: mappingOf(mapping) } as Omit<F, keyof CsvFields> & HeaderCall,
  encoding,
  dryRun,
});
