import { parseTemplate, TemplateError } from '#libs/templates';
import type { Lead } from '../../leads/domain';

export const CORE_FIELDS = [
  'firstName',
  'lastName',
  'companyName',
  'jobTitle',
  'email',
  'phone',
  'altPhone1',
  'altPhone2',
  'altPhone3',
  'altEmail1',
  'altEmail2',
  'altEmail3',
  'linkedinUrl',
  'notes',
  'source',
  'externalId',
] as const;

/**
 * What placeholders stand for: core fields, custom fields by key, `line_name`. Core fields win over custom
 * ones of the same name.
 */
export function templateValues(lead: Lead, nameOfLine: string): Record<string, unknown> {
  const core = Object.fromEntries(CORE_FIELDS.map((field) => [field, lead[field]]));
  return { ...lead.customFields, ...core, [LINE_NAME]: nameOfLine };
}

/** Stands for the name of the line that sends. */
export const LINE_NAME = 'line_name';

/** Why a template cannot be saved, in words, or `null` when it can. */
export function templateProblem(template: string): string | null {
  try {
    parseTemplate(template);
    return null;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}
