import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import { type BuiltFile, DashboardFiles } from '../domain/dashboard-files';
import { clerkOrigin, pagePolicy } from '../domain/page-policy';

/** The page with what it has to know of this installation. */
interface Page {
  html: string;
  policy: string;
}

/** In index.html, for what is known here alone. */
const SETTINGS_PLACE = '<!--settings-->';

@Injectable()
export class DashboardService {
  private made: Page | undefined;

  constructor(
    private readonly files: DashboardFiles,
    private readonly config: Config,
  ) {}

  /** @throws NotFound where no dashboard was built */
  page(): Page {
    return (this.made ??= this.make());
  }

  /** @throws NotFound */
  asset(name: string): BuiltFile {
    const file = this.files.asset(name);
    if (!file) throw new NotFound('Endpoint');
    return file;
  }

  private make(): Page {
    const html = this.files.page();
    if (html === null) throw new NotFound('Endpoint');
    const { CLERK_PUBLISHABLE_KEY: key, LOCAL_ISSUER, MAIL_SIMULATOR_URL: mail } = this.config;
    // None of them can hold a sign that means something in HTML.
    const settings = [
      ...(LOCAL_ISSUER ? ['<meta name="sign-in" content="local" />'] : []),
      ...(LOCAL_ISSUER && mail ? [`<meta name="mail-simulator" content="${mail}" />`] : []),
      ...(key ? [`<meta name="clerk" content="${key}" />`] : []),
    ].join('');
    return { html: html.replace(SETTINGS_PLACE, settings), policy: pagePolicy(key ? clerkOrigin(key) || null : null) };
  }
}
