export { CheckQuota, CheckResultCache } from './availability';
