export * from './domain';
export { LinesModule } from './lines.module';
export { LinesService, type LineCredentials } from './application/lines.service';
