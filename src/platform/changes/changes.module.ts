import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ChangeTimes } from './change-times';
import { ChangeWriteSchema } from './change-write.schema';

@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: 'ChangeWrite', schema: ChangeWriteSchema }])],
  providers: [ChangeTimes],
  exports: [ChangeTimes],
})
export class ChangesModule {}
