export { Workers, workersIn } from './workers';
export { WorkersModule } from './workers.module';
