import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChannelsModule } from '../channels';
import { FeedModule } from '../feed';
import { LeadsModule, PersonalData } from '../leads';
import { MessagesModule } from '../messages';
import { RepliesModule } from '../replies';
import { SuppressionsModule } from '../suppressions';
import { Deliverer } from './application/deliverer';
import { DeliveriesService } from './application/deliveries.service';
import { EndpointCalls } from './application/endpoint-calls';
import { FactSources } from './application/fact-sources';
import { Outbox } from './application/outbox';
import { Subscriptions } from './application/subscriptions';
import { Wakeups } from './application/wakeups';
import { WebhooksService } from './application/webhooks.service';
import { Deliveries } from './domain/delivery';
import { Webhooks } from './domain/webhook';
import { DeliveriesController } from './http/deliveries.controller';
import { WebhooksController } from './http/webhooks.controller';
import { MongoDeliveries } from './infrastructure/mongo-deliveries';
import { MongoPersonalWebhooks } from './infrastructure/mongo-personal-webhooks';
import { MongoWebhooks } from './infrastructure/mongo-webhooks';
import { WebhookSchema } from './infrastructure/webhook.schema';
import { WebhookDeliverySchema } from './infrastructure/webhook-delivery.schema';

/** Events out: endpoints of tenants, and what they are told. */
@Module({
  imports: [
    ChannelsModule,
    FeedModule,
    LeadsModule,
    MessagesModule,
    RepliesModule,
    SuppressionsModule,
    MongooseModule.forFeature([
      { name: 'Webhook', schema: WebhookSchema },
      { name: 'WebhookDelivery', schema: WebhookDeliverySchema },
    ]),
  ],
  controllers: [WebhooksController, DeliveriesController],
  providers: [
    WebhooksService,
    DeliveriesService,
    Deliverer,
    EndpointCalls,
    FactSources,
    Outbox,
    Subscriptions,
    Wakeups,
    MongoPersonalWebhooks,
    { provide: Webhooks, useClass: MongoWebhooks },
    { provide: Deliveries, useClass: MongoDeliveries },
  ],
  exports: [WebhooksService],
})
export class WebhooksModule {
  constructor(personalData: PersonalData, webhooks: MongoPersonalWebhooks) {
    personalData.register('webhooks', webhooks);
  }
}
