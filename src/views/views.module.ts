import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ViewsService } from './application/views.service';
import { Views } from './domain/view';
import { ViewsController } from './http/views.controller';
import { MongoViews } from './infrastructure/mongo-views';
import { ViewSchema } from './infrastructure/view.schema';

@Module({
  imports: [MongooseModule.forFeature([{ name: 'SavedView', schema: ViewSchema }])],
  controllers: [ViewsController],
  providers: [ViewsService, { provide: Views, useClass: MongoViews }],
})
export class ViewsModule {}
