import { ArrayMaxSize, IsArray, IsBoolean, IsIn, Matches, ValidateBy } from 'class-validator';
import { Optional, OptionalNullable, Text } from '../../platform/http';
import { type Table, TABLES, type View } from '../domain/view';

const NAME = /^[A-Za-z][\w.-]{0,59}$/;
const MAX_FILTERS = 20;
const MAX_FILTER_LENGTH = 500;

/** What is wrong with filters; `null` for good ones. */
function faultOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
  const filters = Object.entries(value);
  if (filters.length > MAX_FILTERS) return `must have at most ${MAX_FILTERS} filters`;
  if (!filters.every(([name]) => NAME.test(name))) {
    return 'must have names of letters, digits, dots and dashes, of at most 60 characters, that begin with a letter';
  }
  const isText = (one: unknown) => typeof one === 'string' && one.length <= MAX_FILTER_LENGTH;
  return filters.every(([, one]) => isText(one)) ? null : `must have texts of at most ${MAX_FILTER_LENGTH} characters`;
}

/** Says of filters what is wrong with them. */
const IsViewFilters = () =>
  ValidateBy({
    name: 'isViewFilters',
    validator: {
      validate: (value: unknown) => faultOf(value) === null,
      defaultMessage: (validation) => `$property ${faultOf(validation?.value)}`,
    },
  });

class ViewContentsDto {
  /** Whether everybody in the workspace has it; if nothing is said at first, the caller alone. */
  @Optional() @IsBoolean() shared?: boolean;
  /**
   * The filters by their names, as they stand in the address of the dashboard, such as
   * `{ "q": "acme", "suppressed": "false" }`; at most 20 texts of at most 500 characters. They replace all
   * that there were.
   */
  @Optional() @IsViewFilters() filters?: Record<string, string>;
  /** The columns that are shown; at most 50, `null` for those that the table shows by itself. */
  @OptionalNullable()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(NAME, { each: true, message: 'each value in $property must be the name of a column' })
  columns?: string[] | null;
}

export class ViewDto extends ViewContentsDto {
  /** What the view is called; 1 to 100 characters. */
  @Optional() @Text(100, 1) name?: string;
}

export class NewViewDto extends ViewContentsDto {
  /** The table that is looked at. */
  @IsIn(TABLES) table: Table;
  /** What the view is called; 1 to 100 characters. */
  @Text(100, 1) name: string;
}

export class ViewsQuery {
  @Optional() @IsIn(TABLES) table?: Table;
}

/** @param caller whose own views are `mine` */
export const toViewResponse = ({ id, table, owner, ...view }: View, caller: string) => ({
  _id: id,
  table,
  name: view.name,
  shared: view.shared,
  mine: owner === caller,
  filters: view.filters,
  columns: view.columns,
  createdAt: view.createdAt,
  updatedAt: view.updatedAt,
});
