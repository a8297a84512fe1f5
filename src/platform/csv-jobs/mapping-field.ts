import { ValidationFailed } from '../errors';
import { wellFormedJson } from '../texts';
import { CSV_TEXTS } from './csv.texts';
import type { Mapping } from './csv-columns';

/**
 * Reads the field `mapping` of an upload.
 * @throws ValidationFailed when it is not a JSON object of strings and nulls
 */
export function mappingOf(json: string | undefined): Mapping {
  if (json === undefined || json.trim() === '') return {};
  let mapping: unknown;
  try {
    mapping = JSON.parse(json);
  } catch {
    throw new ValidationFailed([{ field: 'mapping', message: CSV_TEXTS.mappingIsNoJson }]);
  }
  if (
    typeof mapping !== 'object' ||
    mapping === null ||
    Array.isArray(mapping) ||
    Object.values(mapping).some((to) => to !== null && typeof to !== 'string')
  ) {
    throw new ValidationFailed([{ field: 'mapping', message: CSV_TEXTS.mappingIsNoObject }]);
  }
  if (wellFormedJson(json) !== json) throw new ValidationFailed([{ field: 'mapping', message: CSV_TEXTS.mappingIsIllFormed }]);
  return mapping as Mapping;
}
