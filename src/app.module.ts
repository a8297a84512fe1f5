import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts';
import { AuditModule } from './audit';
import { AuthModule } from './auth';
import { AvailabilityModule } from './availability';
import { CampaignsModule } from './campaigns';
import { ChannelsModule } from './channels';
import { DashboardModule } from './dashboard';
import { FeedModule } from './feed';
import { ImportsModule } from './imports';
import { LeadsModule } from './leads';
import { LinesModule } from './lines';
import { OverviewModule } from './overview';
import type { Clock } from './platform/clock';
import type { Config } from './platform/config';
import { PlatformModule } from './platform/platform.module';
import { SuppressionsModule } from './suppressions';
import { SystemModule } from './system';
import { ViewsModule } from './views';
import { WebhooksModule } from './webhooks';

/** The list of modules, and nothing else. */
@Module({})
export class AppModule {
  static with(config: Config, clock?: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config, clock),
        AuthModule,
        AuditModule,
        LeadsModule,
        FeedModule,
        AccountsModule,
        LinesModule,
        ChannelsModule,
        SuppressionsModule,
        AvailabilityModule,
        CampaignsModule,
        ImportsModule,
        WebhooksModule,
        OverviewModule,
        ViewsModule,
        SystemModule,
        DashboardModule,
      ],
    };
  }
}
