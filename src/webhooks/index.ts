export { WebhooksService } from './application/webhooks.service';
export { WebhooksModule } from './webhooks.module';
