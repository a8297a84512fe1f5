import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LeadsModule, PersonalData } from '../leads';
import { ViewsService } from './application/views.service';
import { Views } from './domain/view';
import { ViewsController } from './http/views.controller';
import { MongoPersonalViews } from './infrastructure/mongo-personal-views';
import { MongoViews } from './infrastructure/mongo-views';
import { ViewSchema } from './infrastructure/view.schema';

@Module({
  imports: [LeadsModule, MongooseModule.forFeature([{ name: 'SavedView', schema: ViewSchema }])],
  controllers: [ViewsController],
  providers: [ViewsService, MongoPersonalViews, { provide: Views, useClass: MongoViews }],
})
export class ViewsModule {
  constructor(personalData: PersonalData, views: MongoPersonalViews) {
    personalData.register('views', views);
  }
}
