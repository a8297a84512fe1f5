export { CheckQuota, KnownAnswers } from './availability';
