import { ask, tuco } from './api';

export const campaignsQuery = {
  queryKey: ['campaigns', 'recent'],
  queryFn: () => ask(tuco.GET('/api/campaigns', { params: { query: { limit: 100 } } })),
};
export const linesQuery = { queryKey: ['lines', 'usage'], queryFn: () => ask(tuco.GET('/api/lines/by-user')) };

export const workspaceQuery = { queryKey: ['workspace'], queryFn: () => ask(tuco.GET('/api/workspace')) };

/** How the workspace is doing: what Home and the menu show. */
export const overviewQuery = { queryKey: ['overview'], queryFn: () => ask(tuco.GET('/api/workspace/overview')) };

/** Messages of which nobody knows whether they were sent. */
export const unknownOutcomesQuery = (campaignId: string) => ({
  queryKey: ['messages', 'unknown-outcomes', campaignId],
  queryFn: () =>
    ask(
      tuco.GET('/api/messages', {
        params: { query: { status: ['failed'], code: 'OUTCOME_UNKNOWN', campaignId, limit: 50 } },
      }),
    ),
});
