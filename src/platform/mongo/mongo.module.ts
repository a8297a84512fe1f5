import os from 'node:os';
import { Global, Module } from '@nestjs/common';
import { MongooseModule, type MongooseModuleFactoryOptions } from '@nestjs/mongoose';
import { Config } from '../config';
import { endWaitsForLostSockets } from './lost-sockets';
import { PoolMetrics } from './pool-metrics';
import { StoreClock } from './store-clock';
import { Transactions } from './transactions';

@Global()
@Module({
  imports: [
    MongooseModule.forRootAsync({
      inject: [Config],
      useFactory: (config: Config) => {
        endWaitsForLostSockets();
        return optionsOf(config);
      },
    }),
  ],
  providers: [Transactions, StoreClock, PoolMetrics],
  exports: [Transactions, StoreClock],
})
export class MongoModule {}

const optionsOf = (config: Config): MongooseModuleFactoryOptions => ({
  uri: config.MONGODB_URI,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  // Activity sees by them what was written.
  monitorCommands: true,
  retryAttempts: 0,
  maxPoolSize: 50,
  serverSelectionTimeoutMS: config.STORE_TIMEOUT_MS,
  connectTimeoutMS: config.STORE_TIMEOUT_MS,
  socketTimeoutMS: config.STORE_TIMEOUT_MS,
  waitQueueTimeoutMS: config.STORE_TIMEOUT_MS,
  writeConcern: { w: 'majority', journal: true },
  readConcern: { level: 'majority' },
  // The driver would import it by itself, which Jest's sandbox forbids; a real server then refuses its
  // greeting.
  runtimeAdapters: { os },
});
