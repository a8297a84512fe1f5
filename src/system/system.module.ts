import { Module } from '@nestjs/common';
import { SystemService } from './application/system.service';
import { Stores } from './domain';
import { SystemController } from './http/system.controller';
import { ProbedStores } from './infrastructure/probed-stores';

/** How the installation is. It asks the platform, and keeps nothing. */
@Module({
  controllers: [SystemController],
  providers: [SystemService, { provide: Stores, useClass: ProbedStores }],
})
export class SystemModule {}
