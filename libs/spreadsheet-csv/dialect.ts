const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * What separates the cells: the delimiter that the header has most of, outside of quotes; a comma where there
 * is only one column.
 */
export function sniffDelimiter(start: string): string {
  const counts = new Map<string, number>(DELIMITERS.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  let written = false;
  for (const character of start) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r') && written) break;
    else if (!quoted && counts.has(character)) counts.set(character, counts.get(character)! + 1);
    written ||= character.trim() !== '';
  }
  const [best] = [...counts].sort(([, a], [, b]) => b - a);
  return best![1] > 0 ? best![0] : ',';
}
