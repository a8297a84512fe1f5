export { OperationsModule } from './operations.module';
export { notFound, OperationsServer } from './operations-server';
