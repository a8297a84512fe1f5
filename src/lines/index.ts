export * from './domain';
export { channelLineWithoutSecrets } from './application/channel-line';
export { LinesModule } from './lines.module';
export { LinesService, SEALED_FOR_ANOTHER_KEY } from './application/lines.service';
