import type { About } from './document';
import type { ErrorCode } from './error-codes';

const DESCRIPTION = [
  'Reaches people by iMessage, SMS and e-mail: leads, availability, campaigns, messages, replies.',
  'Every call needs `Authorization: Bearer` with a workspace key or a session token; a key belongs to one workspace and sees nothing of others.',
  'Ids are 24 hex digits; a malformed one is 400, an unknown one 404. Times are ISO 8601 in UTC. Unknown fields are refused by name.',
  'Lists page by `page` and `limit`, or by `cursor`: empty for the first page, then `pagination.nextCursor` until that is `null`.',
  'Answers may get new fields; clients ignore those that they do not know.',
].join('\n\n');

/** Everything of the document that no controller says. */
export const ABOUT: Omit<About, 'examples'> = {
  info: {
    title: 'Tuco API',
    description: DESCRIPTION,
    license: { name: 'MIT', identifier: 'MIT' },
    contact: { name: 'Tuco', url: 'https://github.com/tuco/tuco' },
  },
  tags: [
    { name: 'Leads', description: 'People and accounts, in lists' },
    { name: 'Erasures', description: 'Erasing a person, and giving out all that is held about them' },
    { name: 'LeadsExport', description: 'Leads as CSV' },
    { name: 'Imports', description: 'Leads from CSV files, in the background' },
    { name: 'Lists', description: 'Lists of leads' },
    { name: 'Availability', description: 'Is this person on iMessage?' },
    { name: 'Campaigns', description: 'Sequences of steps' },
    { name: 'LeadMessages', description: 'What one lead was sent, and is to be' },
    { name: 'CampaignLeads', description: 'Who is in a campaign' },
    { name: 'Messages', description: 'What is sent, and what waits to be' },
    { name: 'Gestures', description: 'Reactions and signs of typing' },
    { name: 'Conversations', description: 'What people and we wrote each other, person by person' },
    { name: 'Replies', description: 'What people answer' },
    { name: 'ReplyFiles', description: 'Files that came with replies' },
    { name: 'Channels', description: 'Ways to reach people, and what accounts and lines on them need' },
    { name: 'Accounts', description: 'Credentials at providers, which lines send by' },
    { name: 'Lines', description: 'Numbers and mailboxes that messages go out from' },
    { name: 'Suppressions', description: 'Who must not be written to' },
    { name: 'SuppressionImports', description: 'Suppressions from CSV files, in the background' },
    { name: 'Events', description: 'What happens, in order and as a stream' },
    { name: 'Webhooks', description: 'Endpoints that are told what happens' },
    { name: 'Deliveries', description: 'What a webhook was told' },
    { name: 'ApiKeys', description: 'Keys of the workspace' },
    { name: 'Audit', description: 'Who did what' },
    { name: 'Workspace', description: 'Settings of the workspace' },
    { name: 'System', description: 'How the installation is: versions, workers, stores' },
    { name: 'Overview', description: 'How the workspace is doing' },
    { name: 'Members', description: 'Who works with the workspace' },
    { name: 'Views', description: 'Saved filters and columns of tables' },
    { name: 'Inbound', description: 'Callbacks of providers' },
    { name: 'ClerkEvents', description: 'Callbacks of Clerk' },
    { name: 'Unsubscribe', description: 'Pages for people who want no more messages' },
    { name: 'ApiDocs', description: 'The description of the API' },
    { name: 'Health', description: 'For those who run the server' },
  ],
  common: {
    all: ['BAD_REQUEST', 'VALIDATION_FAILED', 'INTERNAL', 'STORE_UNAVAILABLE', 'STORAGE_FULL', 'SHUTTING_DOWN'],
    withKey: ['UNAUTHORIZED', 'NO_ACTIVE_WORKSPACE', 'MISSING_SCOPE', 'ADDRESS_NOT_ALLOWED', 'RATE_LIMIT_EXCEEDED'],
    withBody: ['MALFORMED_JSON', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'REQUEST_TIMEOUT'],
    withIdempotencyKey: ['IDEMPOTENT_CALL_RUNNING', 'IDEMPOTENCY_KEY_REUSED'],
    writing: ['READ_ONLY', 'OUTCOME_UNKNOWN'],
  },
  schemas: {
    Error: {
      type: 'object',
      description: 'What every call answers that is refused; it has changed nothing then.',
      properties: {
        error: { type: 'string', description: 'A sentence for people' },
        code: { type: 'string', description: 'For programs' },
        docs: { type: 'string', format: 'uri', description: 'Where the code is explained' },
        details: {
          type: 'array',
          maxItems: 100,
          description: 'What is wrong, field by field',
          items: {
            type: 'object',
            properties: {
              index: { type: 'integer', minimum: 0, description: 'The row of a list, from 0' },
              field: { type: 'string' },
              code: { type: 'string' },
              message: { type: 'string' },
            },
            required: ['field', 'message'],
          },
        },
      },
      required: ['error', 'code'],
      additionalProperties: true,
    },
    Problem: {
      type: 'object',
      description: 'The same as problem details (RFC 9457), for callers whose `Accept` names `application/problem+json`.',
      properties: {
        type: { type: 'string', format: 'uri' },
        title: { type: 'string' },
        status: { type: 'integer' },
        detail: { type: 'string' },
        code: { type: 'string' },
      },
      required: ['type', 'title', 'status', 'code'],
      additionalProperties: true,
    },
  },
};

/** Codes that the web server itself answers with, which no class stands for. */
export const OWN_CODES: ErrorCode[] = [
  { code: 'BAD_REQUEST', status: 400, description: 'The request could not be understood, such as a broken URL.' },
  { code: 'MALFORMED_JSON', status: 400, description: 'The body is not JSON, or is empty where one is needed.' },
  { code: 'ENDPOINT_NOT_FOUND', status: 404, description: 'There is no such endpoint, or the secret in its path is wrong.' },
  { code: 'REQUEST_TIMEOUT', status: 408, description: 'The request took too long to arrive.' },
  { code: 'BODY_TOO_LARGE', status: 413, description: 'The body is larger than the endpoint takes; the answer says how much.' },
  { code: 'UNSUPPORTED_MEDIA_TYPE', status: 415, description: 'The body is of a type that the endpoint does not take.' },
  { code: 'INTERNAL', status: 500, description: 'An unexpected error; `errorId` stands in the log beside the cause.' },
];
