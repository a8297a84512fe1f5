import { errorCodes, type FastifyInstance, type FastifyRequest, type preParsingHookHandler } from 'fastify';
import { ValidationFailed } from '../errors';
import { routeConfig } from './route-config';

const TAKES_FORMS = 'takesForms';
const FORM = 'application/x-www-form-urlencoded';
/** Far more than anybody has to say in a form. */
const MAX_FIELDS = 1_000;

/** A URL-encoded form: its fields in their order, of which names may come twice. */
export class FormBody {
  constructor(readonly fields: readonly (readonly [name: string, value: string])[]) {}
}

/** The endpoint takes URL-encoded forms beside JSON, as `FormBody`; all others refuse them. */
export const TakesForms = () => routeConfig({ [TAKES_FORMS]: true });

const takesForms = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions.config as { [TAKES_FORMS]?: true })[TAKES_FORMS] === true;

export const isForm = ({ headers }: FastifyRequest): boolean =>
  (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase() === FORM;

/** What has no body, whatever its headers say. */
const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Before a byte of a form is read. */
export const refuseForms: preParsingHookHandler = (request, _reply, payload, done) => {
  const isRefused = isForm(request) && !takesForms(request) && !READS.has(request.method);
  done(isRefused ? new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(FORM) : null, payload);
};

/** Parses forms, at the endpoints that take them. */
export function takeForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(FORM, { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) => {
    let separators = 0;
    for (const byte of body) if (byte === 0x26) separators += 1;
    if (separators >= MAX_FIELDS) throw new ValidationFailed([{ field: 'body', message: `has more than ${MAX_FIELDS} fields` }]);
    return new FormBody([...new URLSearchParams(body.toString('utf8'))]);
  });
}
