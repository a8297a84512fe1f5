import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { AccountsModule, AccountUse } from '../accounts';
import { ChannelsModule } from '../channels';
import { AccountLines } from './application/account-lines';
import { InboundSecretsService } from './application/inbound-secrets.service';
import { LineAccounts } from './application/line-accounts.service';
import { LineAudit } from './application/line-audit';
import { LineMetrics } from './application/line-metrics';
import { LineWarningsService } from './application/line-warnings.service';
import { LinesService } from './application/lines.service';
import { AccountRates } from './domain/account-rates';
import { LineCapacity } from './domain/capacity';
import { Devices } from './domain/devices';
import { Lines } from './domain/line';
import { LineHealths } from './domain/line-healths';
import { LinesController } from './http/lines.controller';
import { DeviceSchema, LineSchema, LineUsageSchema, RemovedLineSchema } from './infrastructure/line.schema';
import { MongoAccountRates } from './infrastructure/mongo-account-rates';
import { MongoDevices } from './infrastructure/mongo-devices';
import { MongoLineCapacity } from './infrastructure/mongo-line-capacity';
import { MongoLineHealths } from './infrastructure/mongo-line-healths';
import { MongoLines } from './infrastructure/mongo-lines';

/** Global, since it implements a port of the accounts, which know nothing of it. */
@Global()
@Module({
  imports: [
    AccountsModule,
    ChannelsModule,
    MongooseModule.forFeature([
      { name: 'Line', schema: LineSchema },
      { name: 'RemovedLine', schema: RemovedLineSchema },
      { name: 'LineUsage', schema: LineUsageSchema },
      { name: 'Device', schema: DeviceSchema },
    ]),
  ],
  controllers: [LinesController],
  providers: [
    LinesService,
    LineWarningsService,
    InboundSecretsService,
    LineAccounts,
    LineAudit,
    LineMetrics,
    { provide: AccountUse, useClass: AccountLines },
    { provide: Lines, useClass: MongoLines },
    { provide: LineHealths, useClass: MongoLineHealths },
    { provide: LineCapacity, useClass: MongoLineCapacity },
    { provide: Devices, useClass: MongoDevices },
    { provide: AccountRates, useClass: MongoAccountRates },
  ],
  exports: [AccountUse, LinesService, Lines, LineCapacity, Devices, AccountRates],
})
export class LinesModule {}
