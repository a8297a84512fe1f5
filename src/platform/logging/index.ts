export { LoggingModule, requestLine } from './logging.module';
