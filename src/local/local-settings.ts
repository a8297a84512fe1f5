/** The workspace of a local installation. */
export const LOCAL_WORKSPACE = 'org_local';

/** The two lines that a local installation starts with, each on a simulated Mac of its own. */
export const LOCAL_BRIDGES = [
  { password: 'local-1', deviceId: 'simulated-mac-1', firstName: 'Alex', lastName: 'Rivera', phone: '+12025550101' },
  { password: 'local-2', deviceId: 'simulated-mac-2', firstName: 'Sam', lastName: 'Okafor', phone: '+12025550102' },
] as const;

/** The account at the simulated Twilio, and the line that a local installation starts with on it. */
export const LOCAL_TWILIO = {
  accountSid: `AC${'0'.repeat(31)}1`,
  authToken: 'local-twilio',
  line: { firstName: 'Kim', lastName: 'Moreau', phone: '+12025550103' },
} as const;

/** The account at the simulated mail server, and the line that a local installation starts with on it. */
export const LOCAL_MAIL = {
  user: 'local',
  password: 'local-mail',
  line: { firstName: 'Robin', lastName: 'Adeyemi', email: 'robin@tuco.example' },
} as const;

/** Where the stores and the simulated providers listen. */
export interface StoresReady {
  mongo: string;
  redis: string;
  bridge: string;
  twilio: string;
  /** The page of the simulated mail server, and where it takes mails and has what comes in. */
  mail: { url: string; host: string; smtpPort: number; imapPort: number };
}

/** What a data folder holds of the stores, and who may read it. */
export const LOCAL_STORES = { mongo: 0o700, 'bluebubbles-ledger.jsonl': 0o600, 'running.json': 0o600 } as const;

/** Files of a data folder without which its stores are not readable, and sessions not valid. */
export const LOCAL_KEYS = ['encryption.key', 'local-issuer.pem'] as const;
