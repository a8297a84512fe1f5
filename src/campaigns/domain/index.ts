export { WrongCampaignStatus } from './campaigns.errors';
