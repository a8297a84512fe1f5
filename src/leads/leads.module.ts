import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangeLeadsService } from './application/change-leads.service';
import { ErasuresService } from './application/erasures.service';
import { ExternalIdsService } from './application/external-ids.service';
import { LeadAdditionsService } from './application/lead-additions.service';
import { LeadListsService } from './application/lead-lists.service';
import { LeadsService } from './application/leads.service';
import { ListCache } from './application/list-cache';
import { NewLeads } from './application/new-leads';
import { PeopleService } from './application/people.service';
import { PersonExportService } from './application/person-export.service';
import { PlannedLeadsService } from './application/planned-leads.service';
import { SaveLeadsService } from './application/save-leads.service';
import { SearchIndexService } from './application/search-index.service';
import { LeadDetails } from './domain/lead-details';
import { LeadFields } from './domain/lead-fields';
import { LeadLists, ListUse } from './domain/lead-list';
import { LeadMarks } from './domain/lead-marks';
import { Leads } from './domain/leads.repository';
import { PersonalData } from './domain/personal-data';
import { SearchIndex } from './domain/search/search-index';
import { LeadTombstones } from './domain/tombstone';
import { ErasuresController } from './http/erasures.controller';
import { LeadsController } from './http/leads.controller';
import { LeadsExportController } from './http/leads-export.controller';
import { ListsController } from './http/lists.controller';
import { LeadListSchema, LeadSchema } from './infrastructure/lead.schema';
import { TombstoneSchema } from './infrastructure/lead-tombstones';
import { LeadWriteSchema } from './infrastructure/lead-writes';
import { MongoLeadFields } from './infrastructure/mongo-lead-fields';
import { MongoLeadLists } from './infrastructure/mongo-lead-lists';
import { MongoLeadTombstones } from './infrastructure/mongo-lead-tombstones';
import { MongoLeads } from './infrastructure/mongo-leads';
import { MongoSearchIndex } from './infrastructure/search/mongo-search-index';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: 'Lead', schema: LeadSchema },
      { name: 'LeadList', schema: LeadListSchema },
      { name: 'LeadWrite', schema: LeadWriteSchema },
      { name: 'LeadTombstone', schema: TombstoneSchema },
    ]),
  ],
  controllers: [LeadsExportController, ErasuresController, LeadsController, ListsController],
  providers: [
    ExternalIdsService,
    LeadAdditionsService,
    SaveLeadsService,
    PlannedLeadsService,
    NewLeads,
    ChangeLeadsService,
    LeadsService,
    LeadListsService,
    ListCache,
    ListUse,
    LeadDetails,
    LeadMarks,
    PersonalData,
    PeopleService,
    ErasuresService,
    PersonExportService,
    SearchIndexService,
    { provide: Leads, useClass: MongoLeads },
    { provide: LeadFields, useClass: MongoLeadFields },
    MongoLeadTombstones,
    { provide: LeadTombstones, useExisting: MongoLeadTombstones },
    { provide: LeadLists, useClass: MongoLeadLists },
    { provide: SearchIndex, useClass: MongoSearchIndex },
  ],
  exports: [
    ExternalIdsService,
    LeadAdditionsService,
    SaveLeadsService,
    PlannedLeadsService,
    LeadsService,
    ListUse,
    LeadDetails,
    LeadMarks,
    PersonalData,
    Leads,
    LeadFields,
    LeadLists,
  ],
})
export class LeadsModule {}
