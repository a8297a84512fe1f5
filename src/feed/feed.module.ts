import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LeadsModule, PersonalData } from '../leads';
import { Arrivals } from './application/arrivals';
import { EventLog } from './application/event-log';
import { EventStreams } from './application/event-streams';
import { Placing } from './application/placing';
import { Feed } from './domain/event';
import { EventsController } from './http/events.controller';
import { EventBatchSchema, EventPlaceSchema, EventSchema } from './infrastructure/event.schema';
import { MongoFeed } from './infrastructure/mongo-feed';
import { MongoPersonalEvents } from './infrastructure/mongo-personal-events';

/** What happens in a workspace, in order: to be read by cursor, or followed as a stream. */
@Module({
  imports: [
    LeadsModule,
    MongooseModule.forFeature([
      { name: 'Event', schema: EventSchema },
      { name: 'EventBatch', schema: EventBatchSchema },
      { name: 'EventPlace', schema: EventPlaceSchema },
    ]),
  ],
  controllers: [EventsController],
  providers: [EventLog, EventStreams, Placing, Arrivals, MongoPersonalEvents, { provide: Feed, useClass: MongoFeed }],
  exports: [EventLog],
})
export class FeedModule {
  constructor(personalData: PersonalData, events: MongoPersonalEvents) {
    personalData.register('events', events);
  }
}
