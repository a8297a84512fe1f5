import { type RulesetDefinition, Spectral } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import openApi from '#openapi';
import { WITHOUT_EXAMPLE } from '../support/examples';

interface Operation {
  operationId: string;
  summary: string;
  security?: object[];
  /** `null` where any key will do. */
  'x-required-scope'?: string | null;
  responses: Record<string, { content?: Record<string, { example?: unknown }> }>;
}
const { paths } = openApi as { paths: Record<string, Record<string, Operation>> };
const operations = Object.values(paths).flatMap((methods) => Object.values(methods));

/** docs/openapi.json itself; that it is what the code says, `npm run check` sees to. */
describe('the description of the API', () => {
  it('has nothing that Spectral finds wrong', async () => {
    const spectral = new Spectral();
    // A summary says enough of most operations.
    spectral.setRuleset({ extends: [[oas as RulesetDefinition, 'recommended']], rules: { 'operation-description': 'off' } });
    const found = await spectral.run(openApi as Record<string, unknown>);
    expect(found.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`)).toEqual([]);
  });

  it('shows a real answer of every operation', () => {
    const shown = ({ responses }: Operation) =>
      Object.values(responses).some(({ content = {} }) => Object.values(content).some(({ example }) => example !== undefined));
    const without = operations.filter((operation) => !shown(operation)).map(({ operationId }) => operationId);
    expect(without.sort()).toEqual([...WITHOUT_EXAMPLE].sort());
  });

  it('names, summarises and guards every operation', () => {
    expect(operations.length).toBeGreaterThan(85);
    for (const { operationId, summary, security, 'x-required-scope': scope } of operations) {
      expect(operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(summary.length).toBeGreaterThan(5);
      expect([operationId, security !== undefined, scope !== undefined]).not.toEqual([operationId, false, false]);
    }
  });
});
