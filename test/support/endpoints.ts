import type { Furnished } from './furnished';

export type Kind = 'text' | 'id' | 'ids' | 'whole' | 'whole or null' | 'flag' | 'list' | 'object' | 'choice' | 'time';

/** One endpoint: where it is, and a body that it takes, with the kind of each field. */
export interface Endpoint {
  method: 'get' | 'post' | 'patch' | 'delete';
  /** With `:name` for the id of that thing of a workspace. */
  path: string;
  /** Needs an admin session. */
  admin?: boolean;
  /** A good body; its fields and some that could be there. */
  body?: object;
  fields?: Record<string, Kind>;
  /** Takes a query; unknown parameters of it are refused. */
  query?: Record<string, Kind>;
}

const paging: Record<string, Kind> = { page: 'whole', limit: 'whole', cursor: 'text' };
const changes: Record<string, Kind> = { ...paging, updatedSince: 'time' };
const leadFilter: Record<string, Kind> = {
  externalId: 'text',
  availabilityStatus: 'choice',
  suppressed: 'choice',
  updatedSince: 'time',
};
const messageFilter: Record<string, Kind> = { status: 'choice', campaignId: 'id', lineId: 'id', batchId: 'text' };
const profile: Record<string, Kind> = {
  firstName: 'text',
  email: 'text',
  altEmail3: 'text',
  phone: 'text',
  altPhone3: 'text',
  notes: 'text',
  externalId: 'text',
  linkedinUrl: 'text',
  source: 'text',
  customFields: 'object',
};
const line: Record<string, Kind> = {
  firstName: 'text',
  lastName: 'text',
  phone: 'text',
  email: 'text',
  channel: 'choice',
  deviceId: 'text',
  bridgeUrl: 'text',
  bridgePassword: 'text',
  isActive: 'flag',
  dailyNewConversationsLimit: 'whole',
  hourlyNewConversationsLimit: 'whole',
  dailyTotalMessagesLimit: 'whole',
};
const suppressionFilter: Record<string, Kind> = {
  address: 'text',
  channel: 'choice',
  reason: 'choice',
  source: 'choice',
  createdSince: 'time',
  updatedSince: 'time',
};
const settings: Record<string, Kind> = {
  autoCheckAvailability: 'flag',
  optOutScope: 'choice',
  optOutMatching: 'choice',
  optOutWords: 'list',
  languages: 'list',
  sharedAddressLeads: 'whole',
  reviewDays: 'whole',
  quietHours: 'choice',
  maxMessagesPerPersonPerDay: 'whole or null',
  minHoursBetweenCampaigns: 'whole',
  guessZoneFromAreaCode: 'flag',
  helpText: 'text',
  optOutConfirmation: 'text',
  postalAddress: 'text',
};
const key: Record<string, Kind> = {
  name: 'text',
  scopes: 'list',
  expiresAt: 'time',
  allowedIps: 'list',
  rateLimitPerMinute: 'whole or null',
};
const campaign: Record<string, Kind> = {
  name: 'text',
  listId: 'id',
  lineIds: 'ids',
  channel: 'choice',
  steps: 'list',
  settings: 'object',
};

/**
 * Every endpoint of the product that needs a key or a session (routes.spec.ts sees to that). `of` is the
 * workspace that the good bodies speak of.
 */
export const endpoints = (of: Furnished): Endpoint[] => [
  {
    method: 'post',
    path: '/leads',
    body: { leads: [{ phone: '+12025550188' }] },
    fields: {
      leads: 'list',
      listId: 'id',
      source: 'text',
      defaultCountryCode: 'text',
      onDuplicate: 'choice',
      onNull: 'choice',
      onInvalid: 'choice',
    },
  },
  {
    method: 'patch',
    path: '/leads',
    body: { leads: [{ _id: of.lead, firstName: 'New' }] },
    fields: { leads: 'list', listId: 'id', defaultCountryCode: 'text', onInvalid: 'choice' },
  },
  {
    method: 'get',
    path: '/leads',
    query: { ...paging, ...leadFilter, id: 'id', listId: 'id', includeDeleted: 'choice' },
  },
  { method: 'get', path: '/leads/count', query: { ...leadFilter, listId: 'id' } },
  { method: 'get', path: '/leads/export' },
  { method: 'post', path: '/leads/imports' },
  { method: 'get', path: '/leads/imports', query: paging },
  { method: 'get', path: '/leads/imports/:import' },
  { method: 'delete', path: '/leads/imports/:import' },
  { method: 'get', path: '/leads/imports/:import/rejected' },
  { method: 'get', path: '/leads/imports/:import/warnings' },
  { method: 'get', path: '/leads/imports/:import/duplicates' },
  { method: 'get', path: '/leads/:lead' },
  { method: 'patch', path: '/leads/:lead', body: {}, fields: { ...profile, listId: 'id', defaultCountryCode: 'text' } },
  { method: 'get', path: '/leads/:lead/export' },
  { method: 'get', path: '/leads/:lead/messages', query: { ...changes, ...messageFilter } },
  { method: 'get', path: '/leads/erasures/:erasure' },
  { method: 'delete', path: '/leads/:lead', query: { erase: 'flag' } },
  { method: 'delete', path: '/leads', body: { ids: [] }, fields: { ids: 'ids' } },
  { method: 'get', path: '/lists', query: paging },
  { method: 'post', path: '/lists', body: { name: 'New' }, fields: { name: 'text', description: 'text' } },
  { method: 'get', path: '/lists/:list' },
  { method: 'get', path: '/lists/:list/leads', query: { ...paging, ...leadFilter, includeDeleted: 'choice' } },
  { method: 'patch', path: '/lists/:list', body: {}, fields: { name: 'text', description: 'text' } },
  { method: 'delete', path: '/lists/:list', query: { deleteLeads: 'flag' } },
  { method: 'get', path: '/leads/check-availability', query: { id: 'id', refresh: 'flag' } },
  {
    method: 'post',
    path: '/leads/check-availability',
    body: {},
    fields: { address: 'text', listId: 'id', leadIds: 'ids', refresh: 'flag' },
  },
  { method: 'get', path: '/check-availability', query: { address: 'text', refresh: 'flag' } },
  { method: 'post', path: '/check-availability-rr', body: {}, fields: { phones: 'list', emails: 'list' } },
  { method: 'get', path: '/leads/check-availability/jobs', query: paging },
  { method: 'get', path: '/leads/check-availability/jobs/:job' },
  { method: 'delete', path: '/leads/check-availability/jobs/:job' },
  { method: 'get', path: '/campaigns', query: { ...paging, status: 'choice' } },
  { method: 'post', path: '/campaigns', body: { name: 'New', listId: of.list }, fields: campaign },
  { method: 'get', path: '/campaigns/:campaign' },
  { method: 'patch', path: '/campaigns/:campaign', body: {}, fields: campaign },
  { method: 'delete', path: '/campaigns/:campaign' },
  { method: 'post', path: '/campaigns/:campaign/launch' },
  { method: 'post', path: '/campaigns/:campaign/pause' },
  { method: 'post', path: '/campaigns/:campaign/resume' },
  { method: 'post', path: '/campaigns/:campaign/archive' },
  { method: 'get', path: '/campaigns/:campaign/report' },
  { method: 'post', path: '/campaigns/:campaign/preview', body: { leadId: of.lead }, fields: { leadId: 'id' } },
  { method: 'post', path: '/campaigns/:campaign/leads', body: {}, fields: { leadId: 'id' } },
  {
    method: 'get',
    path: '/campaigns/:campaign/leads',
    query: { ...changes, status: 'choice', leadId: 'id', externalId: 'text', lineId: 'id' },
  },
  { method: 'delete', path: '/campaigns/:campaign/leads/:lead' },
  {
    method: 'post',
    path: '/messages',
    body: { message: 'Hi', recipientPhone: '+12025550188' },
    fields: {
      message: 'text',
      messageType: 'choice',
      fromLineId: 'id',
      leadId: 'id',
      recipientPhone: 'text',
      recipientEmail: 'text',
      recipientName: 'text',
      altPhone2: 'text',
      altEmail1: 'text',
      scheduledDate: 'time',
      timezone: 'text',
      sendWindowStart: 'text',
      sendWindowEnd: 'text',
      allowedDaysOfWeek: 'list',
      batchId: 'text',
      attachmentUrls: 'list',
      attachmentNames: 'list',
    },
  },
  { method: 'get', path: '/messages', query: { ...changes, ...messageFilter, leadId: 'id', externalId: 'text' } },
  { method: 'get', path: '/messages/:message' },
  { method: 'post', path: '/messages/:message/cancel' },
  { method: 'post', path: '/messages/:message/retry' },
  { method: 'post', path: '/messages/:message/resolve', body: { as: 'sent' }, fields: { as: 'choice' } },
  {
    method: 'post',
    path: '/messages/react',
    body: { messageId: of.message, reaction: 'love' },
    fields: { messageId: 'id', reaction: 'choice' },
  },
  { method: 'post', path: '/messages/typing', body: { messageId: of.message }, fields: { messageId: 'id' } },
  { method: 'delete', path: '/messages/typing', body: { messageId: of.message }, fields: { messageId: 'id' } },
  {
    method: 'post',
    path: '/messages/cancel-for-lead',
    body: {},
    fields: { leadId: 'id', recipientPhone: 'text', recipientEmail: 'text' },
  },
  {
    method: 'get',
    path: '/replies',
    query: {
      ...changes,
      leadId: 'id',
      externalId: 'text',
      campaignId: 'id',
      lineId: 'id',
      messageId: 'id',
      recipientEmail: 'text',
      recipientPhone: 'text',
      kind: 'choice',
      needsReview: 'flag',
    },
  },
  { method: 'post', path: '/replies/:reply/review', body: { as: 'reply' }, fields: { as: 'choice' } },
  { method: 'get', path: '/webhooks' },
  {
    method: 'post',
    path: '/webhooks',
    body: { url: 'https://crm.example.com/tuco', name: 'CRM', events: ['message.sent'] },
    fields: { url: 'text', name: 'text', description: 'text', events: 'list' },
  },
  { method: 'get', path: '/webhooks/:webhook' },
  {
    method: 'patch',
    path: '/webhooks/:webhook',
    body: { name: 'CRM' },
    fields: { url: 'text', name: 'text', description: 'text', events: 'list', isActive: 'flag' },
  },
  { method: 'delete', path: '/webhooks/:webhook' },
  { method: 'post', path: '/webhooks/:webhook/health-check' },
  { method: 'post', path: '/webhooks/:webhook/rotate-secret', body: { overlapHours: 1 }, fields: { overlapHours: 'whole' } },
  {
    method: 'get',
    path: '/webhooks/:webhook/deliveries',
    query: { ...paging, state: 'choice', event: 'choice' },
  },
  { method: 'post', path: '/webhooks/:webhook/deliveries/:delivery/replay' },
  {
    method: 'post',
    path: '/webhooks/:webhook/replay',
    body: { from: '2026-01-01T00:00:00Z' },
    fields: { from: 'time', to: 'time', state: 'choice', event: 'choice' },
  },
  { method: 'get', path: '/suppressions', query: { ...paging, ...suppressionFilter, includeDeleted: 'choice' } },
  { method: 'get', path: '/suppressions/export', query: suppressionFilter },
  {
    method: 'post',
    path: '/suppressions',
    body: { address: '+12025550166' },
    fields: { address: 'text', domain: 'text', channel: 'choice', reason: 'choice', note: 'text' },
  },
  { method: 'post', path: '/suppressions/imports' },
  { method: 'get', path: '/suppressions/imports/:suppressionImport' },
  { method: 'delete', path: '/suppressions/imports/:suppressionImport' },
  { method: 'get', path: '/suppressions/imports/:suppressionImport/rejected' },
  { method: 'get', path: '/suppressions/imports/:suppressionImport/warnings' },
  { method: 'get', path: '/suppressions/:suppression' },
  { method: 'delete', path: '/suppressions/:suppression', query: { confirm: 'choice' } },
  { method: 'get', path: '/lines/by-user' },
  { method: 'get', path: '/lines', query: paging },
  {
    method: 'post',
    path: '/lines',
    body: { bridgeUrl: 'http://a.example', bridgePassword: 'x', phone: '+12025550188' },
    fields: line,
  },
  { method: 'get', path: '/lines/:line' },
  { method: 'patch', path: '/lines/:line', body: {}, fields: line },
  { method: 'post', path: '/lines/:line/rotate-inbound-url', body: { overlapHours: 1 }, fields: { overlapHours: 'whole' } },
  { method: 'delete', path: '/lines/:line' },
  { method: 'get', path: '/lines/check-availability', query: { id: 'id' } },
  { method: 'get', path: '/workspace' },
  { method: 'patch', path: '/workspace', body: {}, fields: settings },
  { method: 'get', path: '/events', query: { limit: 'whole', cursor: 'text', types: 'choice' } },
  { method: 'get', path: '/events/stream', query: { cursor: 'text', types: 'choice' } },
  { method: 'get', path: '/audit', query: { ...paging, action: 'text', actor: 'text', since: 'time' } },
  { method: 'get', path: '/api-keys', admin: true },
  { method: 'post', path: '/api-keys', admin: true, body: { name: 'New' }, fields: key },
  { method: 'patch', path: '/api-keys/:key', admin: true, body: { name: 'New' }, fields: key },
  { method: 'post', path: '/api-keys/:key/rotate', admin: true, body: {}, fields: { overlapHours: 'whole' } },
  { method: 'delete', path: '/api-keys/:key', admin: true },
];
