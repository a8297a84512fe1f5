import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { AuditService } from './application/audit.service';
import { AuditLog } from './domain/audit-entry';
import { AuditController } from './http/audit.controller';
import { AuditsInterceptor } from './http/audits.interceptor';
import { AuditEntrySchema } from './infrastructure/audit-entry.schema';
import { MongoAuditLog } from './infrastructure/mongo-audit-log';

/** Who did what, on what, when and from where. */
@Module({
  imports: [MongooseModule.forFeature([{ name: 'AuditEntry', schema: AuditEntrySchema }])],
  controllers: [AuditController],
  providers: [
    AuditService,
    { provide: AuditLog, useClass: MongoAuditLog },
    { provide: APP_INTERCEPTOR, useClass: AuditsInterceptor },
  ],
})
export class AuditModule {}
