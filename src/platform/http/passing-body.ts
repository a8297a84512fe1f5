import { Transform } from 'node:stream';
import type { RequestPayload } from 'fastify';

/**
 * A body that is watched as it passes, so that it is not read twice.
 * @param taken gets each part of it; what it throws ends the body
 * @param over is called once it has passed, and before anything is made of it
 */
export function passingBody(payload: RequestPayload, taken: (chunk: Buffer) => void, over: () => void): RequestPayload {
  const passing: Transform & { receivedEncodedLength?: number } = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      try {
        taken(chunk);
      } catch (error) {
        return next(error as Error);
      }
      passing.receivedEncodedLength = (passing.receivedEncodedLength ?? 0) + chunk.length;
      next(null, chunk);
    },
    flush(next) {
      over();
      next();
    },
  });
  // A body that is too long by its header is refused before anybody listens.
  passing.on('error', () => undefined);
  payload.on('error', (error) => passing.destroy(error));
  payload.pipe(passing);
  return passing;
}
