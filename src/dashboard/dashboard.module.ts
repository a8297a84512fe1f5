import { join, resolve } from 'node:path';
import { Module } from '@nestjs/common';
import { DashboardService } from './application/dashboard.service';
import { DashboardFiles } from './domain/dashboard-files';
import { DashboardController } from './http/dashboard.controller';
import { BuiltFiles } from './infrastructure/built-files';

/** Where `npm run build` puts what libs/dashboard is built into. */
const BUILT = join('dist', 'dashboard');

/** The dashboard: static files, which use the public API and nothing else. */
@Module({
  controllers: [DashboardController],
  providers: [DashboardService, { provide: DashboardFiles, useFactory: () => new BuiltFiles(resolve(BUILT)) }],
})
export class DashboardModule {}
