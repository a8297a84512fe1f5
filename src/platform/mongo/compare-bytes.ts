/** The order that texts have in an index: by their bytes in UTF-8. */
export const compareBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
