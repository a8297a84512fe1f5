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
 * What placeholders stand for: core fields, custom fields by key, and what the product knows of the message.
 * Core fields win over custom ones of the same name, and the product's own over both.
 */
export function templateValues(lead: Lead, own: OwnValues): Record<string, unknown> {
  const core = Object.fromEntries(CORE_FIELDS.map((field) => [field, lead[field]]));
  return { ...lead.customFields, ...core, [LINE_NAME]: own.lineName, [UNSUBSCRIBE_URL]: own.unsubscribeUrl };
}

/** What a message says of itself, whoever it is for. */
interface OwnValues {
  /** The name of the line that sends. */
  lineName: string;
  /** Where its recipient ends what they get. */
  unsubscribeUrl: string;
}

const LINE_NAME = 'line_name';
export const UNSUBSCRIBE_URL = 'unsubscribe_url';
/** Placeholders that stand for something in every message. */
export const OWN_FIELDS: readonly string[] = [LINE_NAME, UNSUBSCRIBE_URL];

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
