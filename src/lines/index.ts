export * from './domain';
export { LinesModule } from './lines.module';
export { LinesService } from './application/lines.service';
