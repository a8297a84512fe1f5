export { Stopping } from './stopping';
export { StoppingModule } from './stopping.module';
