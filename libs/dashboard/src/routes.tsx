import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Crash, NotThere } from './app/crash';
import { Shell } from './app/shell';
import { Home } from './screens/home/home';

/** Filters stand in the URL as texts. */
const texts =
  <K extends string>(...keys: K[]) =>
  (search: Record<string, unknown>): { [key in K]?: string } =>
    Object.fromEntries(
      keys.flatMap((key) => {
        const value = search[key];
        return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : [];
      }),
    ) as { [key in K]?: string };

const root = createRootRoute({ component: Shell, notFoundComponent: NotThere });
const under = { getParentRoute: () => root };

const tree = root.addChildren([
  createRoute({ ...under, path: '/', component: Home }),
  createRoute({
    ...under,
    path: '/inbox',
    validateSearch: texts('show', 'with'),
    component: lazyRouteComponent(() => import('./screens/inbox/inbox'), 'Inbox'),
  }),
  createRoute({
    ...under,
    path: '/leads',
    validateSearch: texts('q', 'list', 'availability', 'suppressed', 'field'),
    component: lazyRouteComponent(() => import('./screens/leads/leads'), 'Leads'),
  }),
  createRoute({
    ...under,
    path: '/leads/$id',
    component: lazyRouteComponent(() => import('./screens/leads/lead'), 'LeadPage'),
  }),
  createRoute({ ...under, path: '/lists', component: lazyRouteComponent(() => import('./screens/lists/lists'), 'Lists') }),
  createRoute({
    ...under,
    path: '/imports',
    component: lazyRouteComponent(() => import('./screens/imports/imports'), 'Imports'),
  }),
  createRoute({
    ...under,
    path: '/imports/new',
    validateSearch: texts('list'),
    component: lazyRouteComponent(() => import('./screens/imports/new-import'), 'NewImport'),
  }),
  createRoute({
    ...under,
    path: '/imports/$id',
    component: lazyRouteComponent(() => import('./screens/imports/import'), 'ImportPage'),
  }),
  createRoute({
    ...under,
    path: '/campaigns',
    validateSearch: texts('status', 'dialog'),
    component: lazyRouteComponent(() => import('./screens/campaigns/campaigns'), 'Campaigns'),
  }),
  createRoute({
    ...under,
    path: '/campaigns/$id',
    component: lazyRouteComponent(() => import('./screens/campaigns/campaign'), 'CampaignPage'),
  }),
  createRoute({
    ...under,
    path: '/campaigns/$id/edit',
    component: lazyRouteComponent(() => import('./screens/campaigns/builder'), 'Builder'),
  }),
  createRoute({
    ...under,
    path: '/messages',
    validateSearch: texts('status', 'campaign', 'line'),
    component: lazyRouteComponent(() => import('./screens/messages/messages'), 'Messages'),
  }),
  createRoute({
    ...under,
    path: '/messages/$id',
    component: lazyRouteComponent(() => import('./screens/messages/message'), 'MessagePage'),
  }),
  createRoute({ ...under, path: '/lines', component: lazyRouteComponent(() => import('./screens/lines/lines'), 'Lines') }),
  createRoute({
    ...under,
    path: '/lines/$id',
    component: lazyRouteComponent(() => import('./screens/lines/line'), 'LinePage'),
  }),
  createRoute({
    ...under,
    path: '/suppressions',
    validateSearch: texts('q', 'reason'),
    component: lazyRouteComponent(() => import('./screens/suppressions/suppressions'), 'Suppressions'),
  }),
  createRoute({
    ...under,
    path: '/developers',
    validateSearch: texts('show'),
    component: lazyRouteComponent(() => import('./screens/developers/developers'), 'Developers'),
  }),
  createRoute({
    ...under,
    path: '/developers/webhooks/$id',
    component: lazyRouteComponent(() => import('./screens/developers/webhook'), 'WebhookPage'),
  }),
  createRoute({
    ...under,
    path: '/settings',
    validateSearch: texts('show'),
    component: lazyRouteComponent(() => import('./screens/settings/settings'), 'Settings'),
  }),
]);

export const router = createRouter({ routeTree: tree, defaultErrorComponent: Crash, defaultPreload: 'intent' });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
