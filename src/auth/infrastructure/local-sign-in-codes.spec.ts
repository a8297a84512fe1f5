import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalSignInCodes, makeSignInCode } from './local-sign-in-codes';

const NOW = new Date('2026-03-02T10:00:00Z');
const after = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

describe('sign-in codes', () => {
  let dataDir: string;
  let codes: LocalSignInCodes;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'tuco-codes-'));
    codes = new LocalSignInCodes(dataDir);
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  const file = () => join(dataDir, 'sign-in-codes.json');

  it('become a session once', () => {
    const code = makeSignInCode(dataDir, 'org_local', NOW);
    const { token, expiresAt } = codes.exchange(code, after(1))!;
    const claims = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { o: object; exp: number };
    expect(claims.o).toMatchObject({ id: 'org_local', rol: 'admin' });
    expect(claims.exp).toBe(expiresAt.getTime() / 1_000);
    expect(codes.exchange(code, after(2))).toBeNull();
  });

  it('are good for ten minutes', () => {
    const [early, late] = [makeSignInCode(dataDir, 'org_local', NOW), makeSignInCode(dataDir, 'org_local', NOW)];
    expect(codes.exchange(early, after(599))).not.toBeNull();
    expect(codes.exchange(late, after(600))).toBeNull();
  });

  it('do not spoil one another', () => {
    const [one, other] = [makeSignInCode(dataDir, 'org_local', NOW), makeSignInCode(dataDir, 'org_local', NOW)];
    expect(codes.exchange(`${one.slice(1)}x`, NOW)).toBeNull();
    expect(codes.exchange(one, NOW)).not.toBeNull();
    expect(codes.exchange(other, NOW)).not.toBeNull();
  });

  it('cannot be read from the file, which is for its owner alone', () => {
    const code = makeSignInCode(dataDir, 'org_local', NOW);
    expect(readFileSync(file(), 'utf8')).not.toContain(code);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('are none where the file is damaged, or where there is no local issuer', () => {
    const code = makeSignInCode(dataDir, 'org_local', NOW);
    expect(new LocalSignInCodes(null).exchange(code, NOW)).toBeNull();
    writeFileSync(file(), '[{');
    expect(codes.exchange(code, NOW)).toBeNull();
  });
});
