export { quietStart } from './quiet-start';
export { LoggingModule, requestLine } from './logging.module';
export { startLogger } from './start-logger';
