import type { Schema } from 'mongoose';
import { AccountSchema } from './accounts/infrastructure/account.schema';
import { AuditEntrySchema } from './audit/infrastructure/audit-entry.schema';
import { AccessEndSchema } from './auth/infrastructure/access-end.schema';
import { ApiKeySchema } from './auth/infrastructure/api-key.schema';
import { WorkspaceSchema } from './auth/infrastructure/workspace.schema';
import { BatchTargetsSchema, CheckUsageSchema, KnownAnswerSchema } from './availability/infrastructure/availability.schema';
import { AnswerSchema } from './campaigns/infrastructure/answer.schema';
import { CampaignSchema, EnrollmentSchema } from './campaigns/infrastructure/campaign.schema';
import { ConversationSchema } from './channels/infrastructure/conversation.schema';
import { EventBatchSchema, EventPlaceSchema, EventSchema } from './feed/infrastructure/event.schema';
import { LeadListSchema, LeadSchema } from './leads/infrastructure/lead.schema';
import { TombstoneSchema } from './leads/infrastructure/lead-tombstones';
import { LeadWriteSchema } from './leads/infrastructure/lead-writes';
import { DeviceSchema, LineSchema, LineUsageSchema, RemovedLineSchema } from './lines/infrastructure/line.schema';
import { MessageSchema } from './messages/infrastructure/message.schema';
import { BackgroundJobSchema } from './platform/background/background-job.schema';
import { ChangeWriteSchema } from './platform/changes/change-write.schema';
import { CounterSchema } from './platform/counters/counter.schema';
import {
  ImportDuplicatesSchema,
  ImportFileSchema,
  ImportTurnSchema,
  ImportWarningsSchema,
  RejectedRowsSchema,
} from './platform/csv-jobs/csv-jobs.schema';
import { HealthProbeSchema } from './platform/health/health-probe.schema';
import { KeptAnswerSchema } from './platform/idempotency/kept-answer.schema';
import { WorkspaceSecretSchema } from './platform/keyed-hashes/workspace-secret.schema';
import { AccountReadingSchema } from './replies/infrastructure/account-reading.schema';
import { AccountWatchSchema } from './replies/infrastructure/account-watch.schema';
import { InboundCallSchema } from './replies/infrastructure/inbound-call.schema';
import { ReplySchema } from './replies/infrastructure/reply.schema';
import { LineTurnSchema, RecipientSchema, RecipientSendsSchema } from './sending/infrastructure/sending.schema';
import { LiftedSuppressionSchema, SuppressionSchema } from './suppressions/infrastructure/suppression.schema';
import { ViewSchema } from './views/infrastructure/view.schema';
import { WebhookSchema } from './webhooks/infrastructure/webhook.schema';
import { WebhookDeliverySchema } from './webhooks/infrastructure/webhook-delivery.schema';

/**
 * Every schema of the product, for the migrations, which build the collections and indexes without starting
 * the product. A test compares this list with the models that the modules register.
 */
export const SCHEMAS: readonly Schema[] = [
  AccessEndSchema,
  AccountSchema,
  ApiKeySchema,
  WorkspaceSchema,
  AuditEntrySchema,
  KnownAnswerSchema,
  CheckUsageSchema,
  BatchTargetsSchema,
  AnswerSchema,
  CampaignSchema,
  EnrollmentSchema,
  EventSchema,
  EventBatchSchema,
  EventPlaceSchema,
  ImportFileSchema,
  RejectedRowsSchema,
  ImportWarningsSchema,
  ImportDuplicatesSchema,
  ImportTurnSchema,
  LeadSchema,
  LeadListSchema,
  LeadWriteSchema,
  TombstoneSchema,
  LineSchema,
  LineUsageSchema,
  RemovedLineSchema,
  ConversationSchema,
  DeviceSchema,
  MessageSchema,
  LineTurnSchema,
  RecipientSchema,
  RecipientSendsSchema,
  ReplySchema,
  InboundCallSchema,
  AccountReadingSchema,
  AccountWatchSchema,
  BackgroundJobSchema,
  CounterSchema,
  ChangeWriteSchema,
  HealthProbeSchema,
  KeptAnswerSchema,
  WorkspaceSecretSchema,
  SuppressionSchema,
  LiftedSuppressionSchema,
  ViewSchema,
  WebhookSchema,
  WebhookDeliverySchema,
] as readonly Schema[];
