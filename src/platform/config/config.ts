import 'reflect-metadata';
import { plainToInstance, Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, MinLength, validateSync } from 'class-validator';
import { clerkProblems } from './clerk-settings';
import { productionProblems, UNSAFE } from './production';

const BOOLEANS: Record<string, boolean> = {
  true: true,
  '1': true,
  yes: true,
  on: true,
  false: false,
  '0': false,
  no: false,
  off: false,
};

/** `true/1/yes/on` and `false/0/no/off`; anything else is left as it is, for the validator to refuse. */
const AsBoolean = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? (BOOLEANS[value.toLowerCase()] ?? value) : value));
const AsList = () =>
  Transform(({ value }: { value: unknown }) =>
    typeof value === 'string'
      ? value
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
      : value,
  );

/** Digits alone: `0x10`, `1e3` and ` 5 ` are left as they are, for the validator to refuse. */
const AsDigits = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value));

/** A whole number of at least `min` (and at most `max`). */
const Whole = (min: number, max = Number.MAX_SAFE_INTEGER) => {
  const decorators = [AsDigits(), IsInt(), Min(min), Max(max)];
  return (target: object, key: string) => decorators.forEach((decorator) => decorator(target, key));
};

const KEY = /^([0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/;

/**
 * Every setting of the product, read from the environment once, at the start. Each stands in `.env.example`
 * with its meaning. The numbers' defaults are those of the domain rules.
 */
export class Config {
  @IsIn(['api', 'worker', 'all', 'migrate', 'reseal']) APP_ROLE: 'api' | 'worker' | 'all' | 'migrate' | 'reseal' = 'all';
  @IsIn(['development', 'test', 'production']) NODE_ENV: 'development' | 'test' | 'production' = 'development';
  @Whole(0, 65_535) PORT = 3000;
  @IsString() HOST = '0.0.0.0';
  /** Where `/metrics` is served; without it, nowhere. */
  @IsOptional() @Whole(0, 65_535) METRICS_PORT?: number;
  @IsString() METRICS_HOST = '127.0.0.1';
  /** What operators sign in with to see the queues, at the port of `/metrics`; without it, nobody does. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{24,200}$/, { message: 'must be 24 to 200 letters, digits and signs of ASCII (openssl rand -base64 32)' })
  OPERATOR_PASSWORD?: string;
  /** The collector that traces go to, without `/v1/traces`; without it, nowhere. */
  @IsOptional()
  @Matches(/^https?:\/\/[^\s?#@]+$/, { message: 'must be a URL such as http://127.0.0.1:4318, without a user or a query' })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']) LOG_LEVEL = 'info';

  @Matches(/^mongodb(\+srv)?:\/\/\S+$/, {
    message: 'must be a MongoDB URI such as mongodb://127.0.0.1:27017/tuco?replicaSet=rs0',
  })
  MONGODB_URI: string;
  @Matches(/^rediss?:\/\/\S+$/, { message: 'must be a Redis URI such as redis://127.0.0.1:6379' })
  REDIS_URL: string;
  /** Prefix of everything kept in Redis, so that several installations can share one. */
  @Matches(/^[\w:{}-]{1,64}$/) REDIS_PREFIX = 'tuco';
  @IsString() DATA_DIR = './data';
  @Whole(100, 5_000) STORE_TIMEOUT_MS = 5_000;

  /** 32 bytes in base64 or hex; what tenants' bridge passwords are encrypted with. */
  @IsString()
  @Matches(KEY, { message: 'must be 32 bytes, as 64 hex digits or base64 (openssl rand -base64 32)' })
  ENCRYPTION_KEY: string;
  /** Earlier keys, which only open what they have sealed. */
  @IsOptional()
  @AsList()
  @Matches(KEY, { each: true, message: 'must be keys as in ENCRYPTION_KEY, separated by commas' })
  ENCRYPTION_KEYS_OLD?: string[];
  /** Where people and providers reach this API: the origin of inbound URLs and of unsubscribe links. */
  @Matches(/^https?:\/\/[^\s/?#@]+\/?$/, { message: 'must be an origin such as https://api.example.com' })
  PUBLIC_URL = 'http://127.0.0.1:3000';

  /** Calls of a workspace in a minute, where it has no limit of its own; 0: any number. */
  @Whole(0, 100_000_000) RATE_LIMIT_PER_MINUTE = 200;
  /** `report` only says in headers what is left. */
  @IsIn(['enforce', 'report']) RATE_LIMIT_MODE: 'enforce' | 'report' = 'enforce';
  /** Days for which an import's report of single rows is kept. */
  @Whole(1, 30) RETENTION_DAYS_UPLOADS = 30;
  /** Days for which a webhook's delivery is kept once it has ended. */
  @Whole(1, 36_500) RETENTION_DAYS_DELIVERIES = 30;
  /** Days after which a message that has ended is removed; without it, never. */
  @IsOptional() @Whole(30, 36_500) RETENTION_DAYS_MESSAGES?: number;
  /** Days for which files that came with replies are kept. */
  @Whole(1, 36_500) RETENTION_DAYS_MEDIA = 365;
  /** Of a larger file that comes with a reply only the name is kept, in megabytes. */
  @Whole(1, 100) REPLY_FILE_MAX_MB = 10;
  /** Days for which the audit log is kept. */
  @Whole(1, 36_500) RETENTION_DAYS_AUDIT = 365;
  /** Days for which events can be read again. */
  @Whole(1, 36_500) RETENTION_DAYS_EVENTS = 30;
  /** An open stream of events without news says that it is there after so long. */
  @Whole(1, 3_600) EVENT_STREAM_HEARTBEAT_SECONDS = 15;
  /** A stream of events ends after so long; its reader opens the next one. */
  @Whole(1, 86_400) EVENT_STREAM_SECONDS = 900;
  /** Streams that one process has open at the same time. */
  @Whole(1, 100_000) EVENT_STREAMS_MAX = 500;
  /** How many of them may be of one workspace. */
  @Whole(1, 100_000) EVENT_STREAMS_PER_WORKSPACE = 20;
  /** Proxies whose word about a caller's address (`X-Forwarded-For`) is taken: addresses and networks. */
  @IsOptional()
  @AsList()
  @Matches(/^[\da-fA-F.:]+(\/\d{1,3})?$/, { each: true, message: 'must be addresses or networks, separated by commas' })
  TRUSTED_PROXIES?: string[];

  /** Where docs/errors.md is published: what each error links to. */
  @Matches(/^https?:\/\/[^\s#]+$/, { message: 'must be a URL such as https://docs.example.com/errors' })
  ERROR_DOCS_URL = 'https://docs.tuco.ai/errors';
  /** Origins whose pages may call the API from a browser. */
  @IsOptional()
  @AsList()
  @Matches(/^https?:\/\/[^\s/]+$/, { each: true, message: 'must be origins such as https://app.example.com' })
  CORS_ORIGINS?: string[];

  @IsOptional()
  @Matches(/^tuco_sk_[0-9A-Za-z]{43}$/, { message: 'must be tuco_sk_ followed by 43 letters and digits' })
  BOOTSTRAP_API_KEY?: string;
  @IsOptional() @IsString() @MinLength(1) CLERK_ISSUER?: string;
  @IsOptional() @IsString() @MinLength(1) CLERK_JWKS_URL?: string;
  @IsOptional() @IsString() @MinLength(1) CLERK_JWT_KEY?: string;
  /** What the dashboard signs in with, at Clerk; without it, people sign in elsewhere. */
  @IsOptional()
  @Matches(/^pk_(test|live)_[A-Za-z0-9+/=]{8,500}$/, { message: "must be Clerk's publishable key, such as pk_live_…" })
  CLERK_PUBLISHABLE_KEY?: string;
  /** With it, the members of a workspace are asked for at Clerk. */
  @IsOptional()
  @Matches(/^sk_(test|live)_[A-Za-z0-9]{8,500}$/, { message: "must be Clerk's secret key, such as sk_live_…" })
  CLERK_SECRET_KEY?: string;
  /** Clerk's Backend API. */
  @Matches(/^https?:\/\/[^\s?#]+$/, { message: 'must be a URL such as https://api.clerk.com' })
  CLERK_API_URL = 'https://api.clerk.com';
  @IsOptional() @AsList() @IsString({ each: true }) CLERK_AUTHORIZED_PARTIES?: string[];
  @IsOptional()
  @Matches(/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/, { message: 'must be the signing secret of an endpoint in Clerk, such as whsec_…' })
  CLERK_WEBHOOK_SECRET?: string;
  /** What production would refuse, and is wanted all the same. */
  @IsOptional()
  @AsList()
  @IsIn(UNSAFE, { each: true, message: `must be some of ${UNSAFE.join(', ')}, separated by commas` })
  ALLOW_UNSAFE?: string[];
  @AsBoolean() @IsBoolean() LOCAL_ISSUER = false;
  /** The page of the simulated mail server that `npm start` runs. */
  @IsOptional()
  @Matches(/^http:\/\/(127\.0\.0\.1|localhost):\d{1,5}\/?$/, { message: 'must be an origin of this machine' })
  MAIL_SIMULATOR_URL?: string;
  /**
   * Private, loopback and link-local targets for bridges and the like; `npm start` allows them when it runs
   * the stores.
   */
  @AsBoolean() @IsBoolean() ALLOW_PRIVATE_TARGETS = false;

  @Whole(0, 86_400) DEVICE_GAP_SECONDS = 3;
  @Whole(0, 86_400) CONTACT_GAP_SECONDS = 60;
  @Whole(0, 600) SEND_EDGE_SECONDS = 5;
  @Whole(1, 3_600) PROVIDER_TIMEOUT_SECONDS = 200;
  @Whole(1, 60) PROVIDER_CONNECT_SECONDS = 3;
  @Whole(1, 86_400) OUTCOME_GIVE_UP_SECONDS = 900;
  /** A message that comes in older than this counts as a repeat from then, not as an answer of now. */
  @Whole(0, 720) REPLY_REPLAY_HOURS = 12;
  @Whole(5, 3_600) CLAIM_LEASE_SECONDS = 60;
  @Whole(1, 3_600) BACKGROUND_LEASE_SECONDS = 15;
  @Whole(0, 60_000) CLOCK_TOLERANCE_MS = 1_000;
  @Whole(1, 1_000_000) FIRST_TOUCH_DAILY_CAP = 50;
  @Whole(1, 1_000_000) FIRST_TOUCH_HOURLY_CAP = 50;
  @Whole(1, 1_000_000) SENDS_DAILY_CAP = 75;
  @Whole(0, 1_000_000) AVAILABILITY_DAILY_CAP = 70;
  @Whole(0, 8_760) AVAILABILITY_TTL_HOURS = 24;
  @Whole(0, 8_760) AVAILABILITY_NEGATIVE_TTL_HOURS = 6;
  @Whole(0, 60) AVAILABILITY_WAIT_SECONDS = 10;
  @Whole(1, 1_000) AVAILABILITY_SYNC_MAX = 25;
  @Whole(1, 100_000) BULK_MAX_LEADS = 10_000;
  @Whole(1_000, 100_000_000) BODY_LIMIT_BYTES = 20_000_000;
  /** The largest file that a CSV import takes. */
  @Whole(1_000, 10_737_418_240) IMPORT_MAX_BYTES = 1_073_741_824;
  /** API keys of a workspace. */
  @Whole(1, 100_000) API_KEYS_MAX = 100;
  /** Lists of a workspace. */
  @Whole(1, 1_000_000) LISTS_MAX = 5_000;
  /** Imports of a workspace that are not over, uploads on their way among them. */
  @Whole(1, 1_000) IMPORTS_MAX = 100;
  /** What the files of those imports hold together, in bytes. */
  @Whole(1_000, 1_099_511_627_776) IMPORTS_MAX_BYTES = 5_368_709_120;
  /** Rows of an import that are saved in one transaction; at most 500 where they are enrolled too. */
  @Whole(1, 10_000) IMPORT_CHUNK_ROWS = 1_000;
  /** Sends that a worker works on at the same time; those that wait for something outside do not count. */
  @Whole(1, 1_000) SEND_CONCURRENCY = 20;
  /** How far ahead, in seconds, sends are planned and handed to Bull. */
  @Whole(1, 3_600) PLAN_HORIZON_SECONDS = 60;
  /** How often, in milliseconds, the planner and the rescuer run. */
  @Whole(50, 60_000) TICK_MS = 1_000;
  @Whole(1, 600) SHUTDOWN_SECONDS = 20;
  /** How long a process that was asked to stop says that it is not ready, and serves on. */
  @IsOptional() @Whole(0, 600) DRAIN_SECONDS?: number;
}

/** Five seconds in production, where somebody has to notice; else none. */
const USUAL_DRAIN_SECONDS = 5;
export function drainSecondsOf({ NODE_ENV, DRAIN_SECONDS, SHUTDOWN_SECONDS }: Config): number {
  return DRAIN_SECONDS ?? (NODE_ENV === 'production' ? Math.min(USUAL_DRAIN_SECONDS, SHUTDOWN_SECONDS) : 0);
}

/** The message is for the person who starts a process. */
export class InvalidConfig extends Error {
  /** @param problems what is wrong, each as a sentence */
  constructor(
    message: string,
    readonly problems: readonly string[] = [message],
  ) {
    super(message);
  }
}

/** What is wrong with one variable, as a sentence: never its value, which may be a secret. */
function complaint(variable: string, constraints: Record<string, string> | undefined): string {
  const words = Object.values(constraints ?? {}).map((message) => message.replace(new RegExp(`^${variable} `), ''));
  return `${variable} ${words.join(', and ')}`;
}

/**
 * Reads the configuration from environment variables; empty ones count as absent.
 * @param alone the settings that a command needs: what is wrong with others does not matter to it
 * @throws InvalidConfig naming each wrong variable, what is wrong with it, and where the examples stand
 */
export function readConfig(environment: Record<string, string | undefined>, alone?: readonly (keyof Config)[]): Config {
  const known = new Set([...Object.keys(new Config()), ...REQUIRED, ...OPTIONAL]);
  const given = Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => known.has(name) && value !== undefined && value !== ''),
  );
  const config = plainToInstance(Config, given, { exposeDefaultValues: true });
  const needed = alone ? new Set<string>(alone) : NEEDED_ALONE.get(config.APP_ROLE);
  const wrong = validateSync(config).filter(({ property }) => !needed || needed.has(property));
  const problems = wrong.map((error) => complaint(error.property, error.constraints));
  const clerk = config.CLERK_ISSUER && (config.CLERK_JWKS_URL || config.CLERK_JWT_KEY);
  if (!clerk && config.LOCAL_ISSUER !== true && !needed) {
    problems.push(
      'CLERK_ISSUER with CLERK_JWKS_URL or CLERK_JWT_KEY must be set (or LOCAL_ISSUER=true for a trial without Clerk)',
    );
  }
  if (!needed && wrong.length === 0) problems.push(...clerkProblems(config), ...productionProblems(config));
  if (!needed && (config.DRAIN_SECONDS ?? 0) > config.SHUTDOWN_SECONDS) {
    problems.push('DRAIN_SECONDS must be at most SHUTDOWN_SECONDS, which is counted from the same moment');
  }
  if (problems.length > 0) {
    throw new InvalidConfig(
      `The configuration is wrong:\n- ${problems.join('\n- ')}\nEach variable stands in .env.example with an example.`,
      problems,
    );
  }
  return Object.freeze(config);
}

/** What the roles need that speak to MongoDB alone. */
const NEEDED_ALONE: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['migrate', new Set(['APP_ROLE', 'MONGODB_URI'])],
  ['reseal', new Set(['APP_ROLE', 'MONGODB_URI', 'ENCRYPTION_KEY', 'ENCRYPTION_KEYS_OLD'])],
]);
const REQUIRED = ['MONGODB_URI', 'REDIS_URL', 'ENCRYPTION_KEY'];
const OPTIONAL = [
  'ALLOW_UNSAFE',
  'DRAIN_SECONDS',
  'RETENTION_DAYS_MESSAGES',
  'METRICS_PORT',
  'OPERATOR_PASSWORD',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'TRUSTED_PROXIES',
  'CORS_ORIGINS',
  'ENCRYPTION_KEYS_OLD',
  'BOOTSTRAP_API_KEY',
  'MAIL_SIMULATOR_URL',
  'CLERK_ISSUER',
  'CLERK_JWKS_URL',
  'CLERK_JWT_KEY',
  'CLERK_PUBLISHABLE_KEY',
  'CLERK_AUTHORIZED_PARTIES',
  'CLERK_WEBHOOK_SECRET',
  'CLERK_SECRET_KEY',
];

/** The names of all variables, for the test that compares them with `.env.example`. */
export const CONFIG_VARIABLES: readonly string[] = [...Object.keys(new Config()), ...REQUIRED, ...OPTIONAL].filter(
  (name, index, all) => all.indexOf(name) === index,
);
