import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

interface Violation {
  rule: { name: string };
  from: string;
  to: string;
  /** The files of a circle, which is reported once. */
  cycle?: { name: string }[];
}
interface Report {
  summary: { violations: Violation[] };
}

const membersOf = ({ from, cycle = [] }: Violation): string[] => [from, ...cycle.map(({ name }) => name)];

/**
 * A rule that was never seen failing is not a rule: one violation of each is planted in a small tree, and has
 * to be refused.
 */
const PLANTED: Record<string, [file: string, text: string][]> = {
  'accounts-imports-only-what-it-may': [['src/accounts/index.ts', "import '../lines';"]],
  'audit-imports-only-what-it-may': [['src/audit/index.ts', "import '../leads';"]],
  'auth-imports-only-what-it-may': [['src/auth/index.ts', "import '../leads';"]],
  'leads-imports-only-what-it-may': [['src/leads/index.ts', "import '../campaigns';"]],
  'feed-imports-only-what-it-may': [['src/feed/index.ts', "import '../messages';"]],
  'lines-imports-only-what-it-may': [['src/lines/index.ts', "import '../leads';"]],
  'channels-imports-only-what-it-may': [['src/channels/index.ts', "import '../messages';"]],
  'suppressions-imports-only-what-it-may': [['src/suppressions/index.ts', "import '../messages';"]],
  'availability-imports-only-what-it-may': [['src/availability/index.ts', "import '../messages';"]],
  'messages-imports-only-what-it-may': [['src/messages/index.ts', "import '../campaigns';"]],
  'replies-imports-only-what-it-may': [['src/replies/index.ts', "import '../sending';"]],
  'sending-imports-only-what-it-may': [['src/sending/index.ts', "import '../campaigns';"]],
  'campaigns-imports-only-what-it-may': [['src/campaigns/index.ts', "import '../availability';"]],
  'imports-imports-only-what-it-may': [['src/imports/index.ts', "import '../messages';"]],
  'webhooks-imports-only-what-it-may': [['src/webhooks/index.ts', "import '../sending';"]],
  'overview-imports-only-what-it-may': [['src/overview/index.ts', "import '../sending';"]],
  'dashboard-imports-only-what-it-may': [['src/dashboard/index.ts', "import '../leads';"]],
  'views-imports-only-what-it-may': [['src/views/index.ts', "import '../messages';"]],
  'system-imports-only-what-it-may': [['src/system/index.ts', "import '../messages';"]],
  'dashboard-by-the-public-api': [['libs/dashboard/src/a.ts', "import '../../../src/leads';"]],
  'dashboard-is-built': [['src/platform/d.ts', "import '../../libs/dashboard/src/a';"]],
  'dashboard-declares-too': [['libs/dashboard/src/b.ts', "import 'ms';"]],
  'through-the-door': [['src/availability/application/a.ts', "import '../../leads/domain/lead';"]],
  'platform-stands-below': [['src/platform/p.ts', "import '../leads';"]],
  'metrics-by-their-door': [['src/sending/o.ts', "import 'prom-client';"]],
  'tracing-by-its-door': [['src/sending/s.ts', "import '@opentelemetry/api';"]],
  'board-by-its-door': [['src/platform/metrics/v.ts', "import '../queue-board/w';"]],
  'domain-is-plain': [['src/leads/domain/b.ts', "import '@nestjs/common';"]],
  'domain-by-the-pure-door': [['src/messages/domain/k.ts', "import '../../lines';"]],
  'domain-reaches-no-framework': [['src/lines/domain/l.ts', "import '../../platform/m';"]],
  'doors-export-no-infrastructure': [['src/replies/domain/index.ts', "import '../infrastructure/n';"]],
  'application-knows-no-http-and-no-store': [['src/leads/application/c.ts', "import 'mongoose';"]],
  'http-asks-the-application': [['src/leads/http/d.ts', "import '../infrastructure/e';"]],
  'infrastructure-knows-no-http': [['src/leads/infrastructure/f.ts', "import '../http/d';"]],
  'libs-stand-alone': [['libs/thing/index.ts', "import '../../src/leads';"]],
  'libs-by-their-door': [['src/leads/domain/g.ts', "import '../../../libs/thing/inner';"]],
  'production-imports-no-package': [
    ['src/platform/queues/q.ts', "import '@tuco/embedded-redis';"],
    ['src/channels/r.ts', "import '../../libs/mail-simulator';"],
  ],
  'no-cycles': [
    ['src/leads/domain/h.ts', "import './i';"],
    ['src/leads/domain/i.ts', "import './h';"],
    ['libs/thing/k.ts', "import './l';"],
    ['libs/thing/l.ts', "import './k';"],
  ],
  'declared-dependencies': [['src/leads/http/j.ts', "import 'supertest';"]],
};
const TARGETS = [
  'src/leads/domain/lead.ts',
  'src/leads/infrastructure/e.ts',
  'src/replies/infrastructure/n.ts',
  'src/platform/queue-board/w.ts',
  'libs/thing/inner.ts',
  'libs/mail-simulator/index.ts',
];

describe('the architecture', () => {
  let tree: string;
  let violations: Violation[];

  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'architecture-'));
    const plant = (file: string, text: string) => {
      mkdirSync(dirname(join(tree, file)), { recursive: true });
      writeFileSync(join(tree, file), `${text}\nexport const x = 1;\n`);
    };
    TARGETS.forEach((file) => plant(file, ''));
    plant('src/platform/m.ts', "import '@nestjs/common';");
    Object.values(PLANTED)
      .flat()
      .forEach(([file, text]) => plant(file, text));
    ['tsconfig.json', 'package.json', '.dependency-cruiser.cjs'].forEach((file) => cpSync(resolve(file), join(tree, file)));
    symlinkSync(resolve('node_modules'), join(tree, 'node_modules'));
    const cruiser = resolve('node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const run = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'libs'];
    const report = execFileSync(process.execPath, run, { cwd: tree, maxBuffer: 64 * 1024 * 1024 });
    violations = (JSON.parse(report.toString()) as Report).summary.violations;
  }, 60_000);
  afterAll(() => rmSync(tree, { recursive: true, force: true }));

  it.each(Object.entries(PLANTED))('refuses a violation of %s', (rule, planted) => {
    const files = planted.map(([file]) => file);
    const refused = new Set(violations.filter((violation) => violation.rule.name === rule).flatMap(membersOf));
    expect(files.filter((file) => !refused.has(file))).toEqual([]);
  });

  it('has a planted violation for every rule', async () => {
    const { default: config } = (await import(resolve('.dependency-cruiser.cjs'))) as {
      default: { forbidden: { name: string }[] };
    };
    expect(Object.keys(PLANTED).sort()).toEqual(config.forbidden.map(({ name }) => name).sort());
  });
});
