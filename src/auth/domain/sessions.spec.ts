import { SCOPES } from './scopes';
import { sessionFromClaims } from './sessions';

const viewer = ['leads:read', 'campaigns:read', 'messages:read', 'lines:read', 'suppressions:read'];
const member = SCOPES.filter((scope) => !['campaigns:launch', 'settings:manage', 'keys:manage', 'audit:read'].includes(scope));
const scopes = (claims: object) => [...sessionFromClaims({ sub: 'user_1', ...claims })!.scopes].sort();

describe("what Clerk's claims grant", () => {
  it.each([
    ['an admin everything', { org_role: 'org:admin' }, SCOPES],
    ['an admin everything, in version 2', { o: { rol: 'admin' } }, SCOPES],
    ['a member reading and writing', { org_role: 'org:member' }, member],
    ['a member reading and writing, in version 2', { o: { rol: 'member' } }, member],
    ['a viewer reading alone', { o: { rol: 'viewer' } }, viewer],
    ['a viewer reading alone, in version 1', { org_role: 'org:viewer' }, viewer],
    ['another role what a member has', { o: { rol: 'constructor' } }, member],
    ['somebody without a role what a member has', {}, member],
    ['nothing of version 1 where version 2 has a role', { o: { rol: 'member' }, org_role: 'org:admin' }, member],
    ['nothing of version 1 where version 2 has no role', { o: { id: 'org_1' }, org_role: 'org:admin' }, member],
    ['what a permission names', { org_permissions: ['org:campaigns:launch', 5] }, [...member, 'campaigns:launch']],
    [
      'what permissions by feature name, in version 2',
      { fea: 'u:audit,o:keys,uo:campaigns', o: { rol: 'member', per: 'read,launch,manage', fpm: '1,2' } },
      [...member, 'campaigns:launch'],
    ],
    ['several', { fea: 'o:keys,o:audit', o: { per: 'manage,read', fpm: '1,2' } }, [...member, 'keys:manage', 'audit:read']],
    ['nothing for permissions that are no scopes', { org_permissions: ['org:sys_memberships:manage', 'keys', 'org:'] }, member],
    ['nothing for claims of the wrong form', { fea: 5, o: { rol: ['admin'], per: {}, fpm: 'x' } }, member],
    ['nothing for permissions without their features', { o: { per: 'keys:manage', fpm: '1' } }, member],
  ])('%s', (_, claims, granted) => {
    expect(scopes(claims)).toEqual([...granted].sort());
  });
});
