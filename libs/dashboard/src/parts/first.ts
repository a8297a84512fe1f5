import { useState } from 'react';

/**
 * The first value that there was, whatever comes before it later: what is read again in the background
 * changes nothing that somebody looks at.
 */
export function useFirst<T>(value: T | undefined): T | undefined {
  const [first, setFirst] = useState(value);
  if (first === undefined && value !== undefined) setFirst(value);
  return first ?? value;
}
