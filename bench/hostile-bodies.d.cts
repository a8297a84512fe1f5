/** Makes about so many bytes of JSON, with the trouble in a field of that name. */
type Shape = (bytes: number, field: string) => string;

/** JSON that is made to cost whoever reads it, by what it is made of. */
export const SHAPES: Readonly<Record<string, Shape>>;
/** The same for CSV files. */
export const csvBombs: Readonly<Record<string, (bytes: number) => string>>;
