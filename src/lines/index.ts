export * from './domain';
export { LinesModule } from './lines.module';
export { LinesService, SEALED_FOR_ANOTHER_KEY } from './application/lines.service';
