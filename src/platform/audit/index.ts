export { AuditedAct, type AuditedChange, type AuditSubject, changeBetween } from './audited-act';
export { type AuditedRoute, AUDITS, Audits } from './audits.decorator';
export { callOrigin } from './call-origin';
