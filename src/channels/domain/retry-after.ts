const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * For how many milliseconds the header `Retry-After` asks, in seconds or until a date; an hour at most.
 * @param otherwise where it asks for nothing that can be read
 */
export function retryAfterOf(headers: Readonly<Record<string, string>>, otherwise: number): number {
  const given = headers['retry-after'] ?? '';
  const milliseconds = /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - Date.now();
  return milliseconds > 0 ? Math.min(milliseconds, MAX_RETRY_AFTER_MS) : otherwise;
}
