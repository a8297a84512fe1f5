/** What a tunnel or proxy in front of the server answers with instead of it. */
export const PROXY_PAGES = [
  'ngrok-404',
  'page-400',
  'cloudflare-403',
  'bad-gateway-502',
  'unavailable-503',
  'gateway-timeout-504',
  'cloudflare-520',
  'cloudflare-521',
  'cloudflare-522',
  'cloudflare-523',
  'cloudflare-524',
  'cloudflare-530',
  'page-200',
  'cut',
] as const;
export type ProxyPage = (typeof PROXY_PAGES)[number];

/** What stands in front of the server and fails. */
export interface Proxy {
  page: ProxyPage;
  /** Whether the server has done its work before: the answer alone is lost. */
  after?: boolean;
  /** Only calls whose path, behind `/api/v1/`, begins so. */
  path?: string;
  /** How many calls it strikes; all by default. */
  times?: number | null;
}

/** An answer of a proxy; `cut` is none at all. */
export interface Page {
  status: number;
  headers: Record<string, string>;
  html: string;
}

const TITLES: Record<Exclude<ProxyPage, 'cut'>, string> = {
  'ngrok-404': 'The endpoint simulator.ngrok-free.app is offline. ERR_NGROK_3200',
  'page-400': '400 Bad Request',
  'cloudflare-403': 'Attention Required! | Cloudflare',
  'bad-gateway-502': '502 Bad Gateway',
  'unavailable-503': '503 Service Temporarily Unavailable',
  'gateway-timeout-504': '504 Gateway Time-out',
  'cloudflare-520': 'Web server is returning an unknown error | 520',
  'cloudflare-521': 'Web server is down | 521',
  'cloudflare-522': 'Connection timed out | 522',
  'cloudflare-523': 'Origin is unreachable | 523',
  'cloudflare-524': 'A timeout occurred | 524',
  'cloudflare-530': 'Argo Tunnel error | 530',
  'page-200': 'Welcome',
};

export function pageOf(page: Exclude<ProxyPage, 'cut'>): Page {
  const headers: Record<string, string> = { 'content-type': 'text/html; charset=utf-8' };
  if (page === 'ngrok-404') headers['ngrok-error-code'] = 'ERR_NGROK_3200';
  if (page.startsWith('cloudflare')) headers.server = 'cloudflare';
  const title = TITLES[page];
  return {
    status: Number(page.slice(-3)),
    headers,
    html: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  };
}
