import { SetMetadata } from '@nestjs/common';
import type { AuditSubject } from './audited-act';

export const AUDITS = 'audits';

/** What `@Audits` says of a route. */
export interface AuditedRoute {
  action: string;
  kind: AuditSubject['kind'];
}

/**
 * The route's act is written into the audit log once it has succeeded. For acts without a transaction, which
 * cannot publish an `AuditedAct`; its subject is the `id` of the path, or of the answer.
 */
export const Audits = (action: string, kind: AuditSubject['kind']) =>
  SetMetadata(AUDITS, { action, kind } satisfies AuditedRoute);
