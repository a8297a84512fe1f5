import { validateWindow } from '#libs/send-window';
import { contentProblems } from '../../messages/domain';
import type { ErrorDetail } from '../../platform/errors';
import { type Campaign, liveSteps, windowOf } from './campaign';

const MAX_WAIT_DAYS = 366;
const PER_DAY = { seconds: 86_400, minutes: 1_440, hours: 24, days: 1 };
const MAX_STEPS = 50;

/** What is wrong with a campaign, before it is saved. Field names are those of the API. */
export function campaignProblems(campaign: Campaign): ErrorDetail[] {
  const problems: ErrorDetail[] = validateWindow(windowOf(campaign.settings)).map(({ field, message }) => ({
    field: `settings.${field}`,
    message,
  }));
  const steps = liveSteps(campaign);
  if (steps.length > MAX_STEPS) problems.push({ field: 'steps', message: `may have at most ${MAX_STEPS} steps` });
  steps.forEach(({ wait, ...step }, index) => {
    for (const { field, message } of contentProblems(step, 'template'))
      problems.push({ field: `steps.${index}.${field}`, message });
    if (wait.amount > MAX_WAIT_DAYS * PER_DAY[wait.unit]) {
      problems.push({ field: `steps.${index}.wait.amount`, message: `must be at most ${MAX_WAIT_DAYS} days` });
    }
  });
  return problems;
}
