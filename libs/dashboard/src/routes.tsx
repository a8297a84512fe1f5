import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
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

/** Loaded when it is first shown. Its type says no more, since what it knows of the URL comes from here. */
const screen = (load: () => Promise<unknown>, name: string): RouteComponent =>
  lazyRouteComponent(load as () => Promise<Record<string, RouteComponent>>, name);

const root = createRootRoute({ component: Shell, notFoundComponent: NotThere });

// Each stands alone, since TypeScript forgets the types of routes that are written where they are used.
const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });
const inbox = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  validateSearch: texts('show', 'with'),
  component: screen(() => import('./screens/inbox/inbox'), 'Inbox'),
});
const leads = createRoute({
  getParentRoute: () => root,
  path: '/leads',
  validateSearch: texts('q', 'list', 'availability', 'suppressed', 'field', 'columns', 'view'),
  component: screen(() => import('./screens/leads/leads'), 'Leads'),
});
const leadsId = createRoute({
  getParentRoute: () => root,
  path: '/leads/$id',
  component: screen(() => import('./screens/leads/lead'), 'LeadPage'),
});
const lists = createRoute({
  getParentRoute: () => root,
  path: '/lists',
  component: screen(() => import('./screens/lists/lists'), 'Lists'),
});
const imports = createRoute({
  getParentRoute: () => root,
  path: '/imports',
  component: screen(() => import('./screens/imports/imports'), 'Imports'),
});
const importsNew = createRoute({
  getParentRoute: () => root,
  path: '/imports/new',
  validateSearch: texts('list'),
  component: screen(() => import('./screens/imports/new-import'), 'NewImport'),
});
const importsId = createRoute({
  getParentRoute: () => root,
  path: '/imports/$id',
  component: screen(() => import('./screens/imports/import'), 'ImportPage'),
});
const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/campaigns',
  validateSearch: texts('status', 'dialog', 'view'),
  component: screen(() => import('./screens/campaigns/campaigns'), 'Campaigns'),
});
const campaignsId = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id',
  component: screen(() => import('./screens/campaigns/campaign'), 'CampaignPage'),
});
const campaignsIdEdit = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$id/edit',
  component: screen(() => import('./screens/campaigns/builder'), 'Builder'),
});
const messages = createRoute({
  getParentRoute: () => root,
  path: '/messages',
  validateSearch: texts('status', 'campaign', 'line', 'view'),
  component: screen(() => import('./screens/messages/messages'), 'Messages'),
});
const messagesId = createRoute({
  getParentRoute: () => root,
  path: '/messages/$id',
  component: screen(() => import('./screens/messages/message'), 'MessagePage'),
});
const lines = createRoute({
  getParentRoute: () => root,
  path: '/lines',
  component: screen(() => import('./screens/lines/lines'), 'Lines'),
});
const linesId = createRoute({
  getParentRoute: () => root,
  path: '/lines/$id',
  component: screen(() => import('./screens/lines/line'), 'LinePage'),
});
const suppressions = createRoute({
  getParentRoute: () => root,
  path: '/suppressions',
  validateSearch: texts('q', 'reason'),
  component: screen(() => import('./screens/suppressions/suppressions'), 'Suppressions'),
});
const developers = createRoute({
  getParentRoute: () => root,
  path: '/developers',
  validateSearch: texts('show'),
  component: screen(() => import('./screens/developers/developers'), 'Developers'),
});
const developersWebhooksId = createRoute({
  getParentRoute: () => root,
  path: '/developers/webhooks/$id',
  component: screen(() => import('./screens/developers/webhook'), 'WebhookPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: texts('show'),
  component: screen(() => import('./screens/settings/settings'), 'Settings'),
});

const tree = root.addChildren([
  home,
  inbox,
  leads,
  leadsId,
  lists,
  imports,
  importsNew,
  importsId,
  campaigns,
  campaignsId,
  campaignsIdEdit,
  messages,
  messagesId,
  lines,
  linesId,
  suppressions,
  developers,
  developersWebhooksId,
  settings,
]);

export const router = createRouter({ routeTree: tree, defaultErrorComponent: Crash, defaultPreload: 'intent' });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
