export { Activity } from './activity';
export { ActivityModule } from './activity.module';
