import { ArrayMaxSize, IsArray, IsBoolean, IsIn, Matches, ValidateBy } from 'class-validator';
import { type QuietHours, readQuietHours } from '#libs/quiet-hours';
import { Optional, OptionalNullable, Text, WholeNumber } from '../../platform/http';
import type { Workspace, WorkspaceSettings } from '../domain/workspace';

/** Says of an entry what is wrong with it. */
const IsQuietHours = () =>
  ValidateBy({
    name: 'isQuietHours',
    validator: {
      validate: (value: unknown) => !('error' in Object(readQuietHours(value))),
      defaultMessage: (validation) => {
        const read = readQuietHours(validation?.value);
        return `$property ${typeof read === 'object' && 'error' in read ? read.error : 'is wrong'}`;
      },
    },
  });

const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;

export class WorkspaceDto implements Partial<WorkspaceSettings> {
  /** Whether new leads are checked for iMessage without being asked. */
  @Optional() @IsBoolean() autoCheckAvailability?: boolean;
  /** What an opt-out covers: the kind of channel it came by (phone channels, e-mail), or everything. */
  @Optional() @IsIn(['channel', 'all']) optOutScope?: 'channel' | 'all';
  /** Whether a reply opts out only when it says nothing else, or wherever it contains the word. */
  @Optional() @IsIn(['whole', 'contains']) optOutMatching?: 'whole' | 'contains';
  /** Words of your own that opt out, beside those of the product; at most 100 of at most 60 characters. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(/^(?=.*\S).{1,60}$/u, {
    each: true,
    message: 'each value in $property must be a word or phrase of at most 60 characters',
  })
  optOutWords?: string[];
  /** Languages of the people you write to, as codes such as `en` or `fr-CA`; at most 30. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(30)
  @Matches(LANGUAGE, { each: true, message: 'each value in $property must be a language code such as en or fr-CA' })
  languages?: string[];
  /** An address that more leads hold than this counts for itself alone; 1 to 1,000, by default 3. */
  @Optional() @WholeNumber(1, 1_000) sharedAddressLeads?: number;
  /**
   * When people may be written to on phone channels, on their own clock: `off`; `federal` (8 to 21),
   * `local` (the
   * hours of their place), `strict` (Monday to Friday, 10 to 17), or a list of allowed times.
   */
  @Optional() @IsQuietHours() quietHours?: QuietHours;
  /** Days until a reply under review counts as an opt-out; 1 to 10, by default 5. */
  @Optional() @WholeNumber(1, 10) reviewDays?: number;
  /** Messages a day to one address, on the person's clock; 1 to 1,000, `null` for any number. */
  @OptionalNullable() @WholeNumber(1, 1_000) maxMessagesPerPersonPerDay?: number | null;
  /** Hours between a message of one campaign and the first of another; 0 to 720, by default 0. */
  @Optional() @WholeNumber(0, 720) minHoursBetweenCampaigns?: number;
  /** Whether campaigns in their leads' time zones may take the zones of a US or Canadian area code. */
  @Optional() @IsBoolean() guessZoneFromAreaCode?: boolean;
  /** What HELP alone is answered with, as it stands; 1 to 1,000 characters, `null` for no answer. */
  @OptionalNullable() @Text(1_000, 1) helpText?: string | null;
  /** The text that confirms an opt-out, as it stands; 1 to 1,000 characters, `null` for none. */
  @OptionalNullable() @Text(1_000, 1) optOutConfirmation?: string | null;
  /** The sender's postal address for e-mails; 1 to 500 characters, `null` for none. */
  @OptionalNullable() @Text(500, 1) postalAddress?: string | null;
}

/** @param perMinute calls in a minute of a workspace that has no number of its own; 0: any number */
export const toWorkspaceResponse = ({ id, rateLimitPerMinute, ...workspace }: Workspace, perMinute: number) => ({
  _id: id,
  ...workspace,
  rateLimitPerMinute: (rateLimitPerMinute ?? perMinute) || null,
});
