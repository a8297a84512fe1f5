import { Module } from '@nestjs/common';
import { CampaignsModule } from '../campaigns';
import { ImportsModule } from '../imports';
import { LeadsModule } from '../leads';
import { LinesModule } from '../lines';
import { MessagesModule } from '../messages';
import { RepliesModule } from '../replies';
import { WebhooksModule } from '../webhooks';
import { OverviewService } from './application/overview.service';
import { OverviewController } from './http/overview.controller';

/** How a workspace is doing, in one call. It asks all other modules, and keeps nothing. */
@Module({
  imports: [LeadsModule, LinesModule, MessagesModule, RepliesModule, CampaignsModule, ImportsModule, WebhooksModule],
  controllers: [OverviewController],
  providers: [OverviewService],
})
export class OverviewModule {}
