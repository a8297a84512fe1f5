import { type MemberPage, type MemberRange, Members } from '../domain/member';
import type { Workspace } from '../domain/workspace';
import { LOCAL_USER } from './local-issuer';

/** With the local issuer there is one user, who signs in by a link. */
export class LocalMembers extends Members {
  readonly managedAt = null;

  list({ createdAt }: Workspace, { offset, limit }: MemberRange): Promise<MemberPage> {
    const member = {
      userId: LOCAL_USER,
      name: 'Local administrator',
      email: null,
      role: 'admin',
      joinedAt: createdAt,
      lastActiveAt: null,
    };
    return Promise.resolve({ items: [member].slice(offset, offset + limit), totalCount: 1 });
  }
}
