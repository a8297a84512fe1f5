import { Global, Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { KeyedHashes } from './keyed-hashes';
import { WorkspaceSecretSchema } from './workspace-secret.schema';

@Global()
@Module({
  imports: [MongooseModule.forFeature([{ name: 'WorkspaceSecret', schema: WorkspaceSecretSchema }])],
  providers: [KeyedHashes],
  exports: [KeyedHashes],
})
export class KeyedHashesModule {}
