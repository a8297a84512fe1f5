import { ALERT_TEXTS } from './alerts.texts';

/** What may need somebody. */
type AlertKind = 'read_only' | 'line_unhealthy' | 'webhook_disabled' | 'import_failed' | 'unknown_outcomes';

/** Something that needs somebody, with what can be done about it. */
export interface Alert {
  kind: AlertKind;
  /** `error`: something does not work now. */
  severity: 'error' | 'warning';
  /** The line, webhook or import that it is about. */
  subjectId: string | null;
  /** Since when, where that is known. */
  since: Date | null;
  /** For people. */
  message: string;
  /** What can be done, for people. */
  cure: string;
}

/** What the alerts are made of. */
export interface AlertFacts {
  readOnlyReason: string | null;
  lines: readonly { id: string; name: string; reason: string | null; since: Date | null }[];
  webhooks: readonly { id: string; name: string; reason: 'gone' | 'failing'; since: Date | null }[];
  imports: readonly { id: string; fileName: string; reason: string | null; since: Date | null }[];
  unknownOutcomes: { count: number; isLowerBound: boolean };
}

/** What does not work now comes first. */
export function alertsOf({ readOnlyReason, lines, webhooks, imports, unknownOutcomes }: AlertFacts): Alert[] {
  const { count, isLowerBound } = unknownOutcomes;
  return [
    ...(readOnlyReason === null ? [] : [alert('read_only', 'error', null, ALERT_TEXTS.read_only(readOnlyReason))]),
    ...lines.map((line) => alert('line_unhealthy', 'error', line, ALERT_TEXTS.line_unhealthy(line.name, line.reason))),
    ...(count === 0 ? [] : [alert('unknown_outcomes', 'warning', null, ALERT_TEXTS.unknown_outcomes(count, isLowerBound))]),
    ...webhooks.map((webhook) =>
      alert('webhook_disabled', 'warning', webhook, ALERT_TEXTS.webhook_disabled(webhook.name, webhook.reason)),
    ),
    ...imports.map((one) => alert('import_failed', 'warning', one, ALERT_TEXTS.import_failed(one.fileName, one.reason))),
  ];
}

const alert = (
  kind: AlertKind,
  severity: Alert['severity'],
  about: { id: string; since: Date | null } | null,
  words: { message: string; cure: string },
): Alert => ({ kind, severity, subjectId: about?.id ?? null, since: about?.since ?? null, ...words });
