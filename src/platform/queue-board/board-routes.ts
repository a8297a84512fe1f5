import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  ControllerHandlerReturnType,
  IServerAdapter,
  UIConfig,
} from '@bull-board/api/typings/app';

/** bull-board's, with any status. */
export interface CallAnswer {
  status?: number;
  body: ControllerHandlerReturnType['body'];
}

/** A call of bull-board's API, with what its path names. */
export interface Call {
  route: AppControllerRoute;
  params: Record<string, string>;
}

/**
 * What bull-board says that a server has to serve: its adapter for our operations port. Of its calls it keeps
 * those that read.
 */
export class BoardRoutes implements IServerAdapter {
  queues: BullBoardQueues = new Map();
  uiConfig: UIConfig = {};
  /** The folders of the page's template and of its files. */
  views = '';
  files = { route: '', folder: '' };
  private page: AppViewRoute;
  private reads: AppControllerRoute[] = [];

  findCall(path: string): Call | null {
    for (const route of this.reads) {
      const params = paramsOf(route.route, path);
      if (params) return { route, params };
    }
    return null;
  }

  /** The page, where a path is that of one of its views. */
  findPage(path: string): AppViewRoute | null {
    return paramsOf(this.page.route, path) ? this.page : null;
  }

  setQueues(queues: BullBoardQueues): this {
    this.queues = queues;
    return this;
  }

  setViewsPath(folder: string): this {
    this.views = folder;
    return this;
  }

  setStaticPath(route: string, folder: string): this {
    this.files = { route, folder };
    return this;
  }

  setEntryRoute(page: AppViewRoute): this {
    this.page = page;
    return this;
  }

  /** Errors are ours to tell: bull-board's would repeat the words of Redis. */
  setErrorHandler(): this {
    return this;
  }

  setApiRoutes(routes: AppControllerRoute[]): this {
    this.reads = routes.filter(({ method }) => method === 'get');
    return this;
  }

  setUIConfig(uiConfig: UIConfig): this {
    this.uiConfig = uiConfig;
    return this;
  }
}

/**
 * What stands in a path for the `:names` of the first template that it fits; `null` where it fits none, or
 * cannot be decoded.
 */
function paramsOf(templates: string | string[], path: string): Record<string, string> | null {
  const parts = path.split('/');
  for (const template of [templates].flat()) {
    const names = template.split('/');
    if (names.length !== parts.length || !names.every((name, at) => fits(name, parts[at]!))) continue;
    const filled = names.map((name, at) => [name, parts[at]!] as const).filter(([name]) => name.startsWith(':'));
    try {
      return Object.fromEntries(filled.map(([name, part]) => [name.slice(1), decodeURIComponent(part)]));
    } catch {
      return null;
    }
  }
  return null;
}

const fits = (name: string, part: string): boolean => (name.startsWith(':') ? part !== '' : name === part);
