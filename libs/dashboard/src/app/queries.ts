import { ask, tuco } from './api';

export const campaignsQuery = {
  queryKey: ['campaigns', 'recent'],
  queryFn: () => ask(tuco.GET('/api/campaigns', { params: { query: { limit: 100 } } })),
};
export const linesQuery = { queryKey: ['lines', 'usage'], queryFn: () => ask(tuco.GET('/api/lines/by-user')) };
export const leadCountQuery = { queryKey: ['leads', 'count', {}], queryFn: () => ask(tuco.GET('/api/leads/count')) };
