export { CampaignFinished } from './campaign-finished';
export { WrongCampaignStatus } from './campaigns.errors';
