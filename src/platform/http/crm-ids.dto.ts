import { Transform } from 'class-transformer';
import { crmIdText, MAX_CRM_ID_LENGTH } from '../crm-ids';
import { OptionalNullable, Text } from './validation';

/** An id as a CRM gives it. */
export const CrmId = (): PropertyDecorator => Transform(({ value }: { value: unknown }) => crmIdText(value));

/** What CRMs call a lead, where a body gives it beside other things. Ids that are numbers are taken too. */
export class CrmIdsDto {
  /** @accepts {"type": ["string", "integer", "null"], "maxLength": 200} */
  @OptionalNullable() @CrmId() @Text(MAX_CRM_ID_LENGTH) ghlContactId?: string | null;
  /** @accepts {"type": ["string", "integer", "null"], "maxLength": 200} */
  @OptionalNullable() @CrmId() @Text(MAX_CRM_ID_LENGTH) ghlLocationId?: string | null;
  /** @accepts {"type": ["string", "integer", "null"], "maxLength": 200} */
  @OptionalNullable() @CrmId() @Text(MAX_CRM_ID_LENGTH) hsContactId?: string | null;
  /** @accepts {"type": ["string", "integer", "null"], "maxLength": 200} */
  @OptionalNullable() @CrmId() @Text(MAX_CRM_ID_LENGTH) hsPortalId?: string | null;
}
