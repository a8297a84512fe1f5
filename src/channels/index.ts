export * from './domain';
export { ChannelsModule } from './channels.module';
