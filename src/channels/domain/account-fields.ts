/** A value of a setting. */
export type SettingValue = string | number | boolean | null;

/**
 * A field that an adapter asks of an account or of a line: it becomes validation, API description and a form.
 */
export interface FieldSpec {
  /** As it stands in `settings` or `secrets`: camelCase. */
  name: string;
  /** A `host` is the name or the address of a server, without a port. */
  type: 'string' | 'url' | 'host' | 'number' | 'boolean' | 'choice';
  /** Sealed, write-only; never shown, neither in answers nor in logs. */
  secret?: boolean;
  required?: boolean;
  label: string;
  help: string;
  choices?: readonly string[];
  /** Characters of a string, or the largest number. */
  max?: number;
  min?: number;
  /** A regular expression that the whole string must match, and what it says in words. */
  pattern?: { source: string; words: string };
  default?: SettingValue;
}

/** The account behind a line as an adapter sees it. Holds secrets in the clear: never log it. */
export interface ChannelAccount {
  id: string;
  settings: Readonly<Record<string, SettingValue>>;
  secrets: Readonly<Record<string, string | null>>;
}

/** What accounts hold whose adapter says nothing of them: the address of a provider, and its secret. */
export const BRIDGE_FIELDS: readonly FieldSpec[] = [
  {
    name: 'bridgeUrl',
    type: 'url',
    label: 'Bridge URL',
    help: 'Where the bridge is reached, such as https://bridge.example.com:1234.',
    max: 500,
  },
  {
    name: 'bridgePassword',
    type: 'string',
    secret: true,
    label: 'Bridge password',
    help: 'The password of the bridge.',
    max: 500,
  },
];
