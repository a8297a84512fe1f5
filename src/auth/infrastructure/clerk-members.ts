import { createClerkClient, type OrganizationMembership, type User } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';
import { Logger } from '@nestjs/common';
import type { Config } from '../../platform/config';
import { MembersNotConfigured, MembersUnavailable } from '../domain/auth.errors';
import { type Member, type MemberPage, type MemberRange, Members } from '../domain/member';
import { withoutPrefix } from '../domain/scopes';
import type { Workspace } from '../domain/workspace';

const ANSWER_WITHIN_MS = 5_000;
const RETRY_AFTER_SECONDS = 5;
/** Of so many users Clerk is asked in one call. */
const USERS_AT_A_TIME = 100;

type Client = Pick<ReturnType<typeof createClerkClient>, 'organizations' | 'users'>;

/** The members of Clerk's organizations, which are the workspaces, by Clerk's own library. */
export class ClerkMembers extends Members {
  readonly managedAt = 'https://dashboard.clerk.com/~/organizations';
  private readonly logger = new Logger(ClerkMembers.name);
  private readonly client: Client | null;

  constructor({ CLERK_SECRET_KEY: secretKey, CLERK_API_URL: apiUrl }: Config) {
    super();
    this.client = secretKey === undefined ? null : createClerkClient({ secretKey, apiUrl });
  }

  async list({ id }: Workspace, { offset, limit }: MemberRange): Promise<MemberPage> {
    const { client } = this;
    if (!client) throw new MembersNotConfigured();
    try {
      const asked = { organizationId: id, limit, offset, orderBy: '+created_at' } as const;
      const found = await inTime(client.organizations.getOrganizationMembershipList(asked));
      const ids = found.data.flatMap(({ publicUserData }) => publicUserData?.userId ?? []);
      const users = await inTime(usersOf(client, ids));
      const items = found.data.flatMap((membership) => memberOf(membership, users) ?? []);
      return { items, totalCount: found.totalCount };
    } catch (error) {
      this.logger.warn({ err: error }, 'Clerk did not list the members of a workspace');
      throw unavailable(error);
    }
  }
}

async function usersOf({ users }: Client, ids: readonly string[]): Promise<Map<string, User>> {
  const parts = Array.from({ length: Math.ceil(ids.length / USERS_AT_A_TIME) }, (_, index) =>
    ids.slice(index * USERS_AT_A_TIME, (index + 1) * USERS_AT_A_TIME),
  );
  const lists = await Promise.all(parts.map((userId) => users.getUserList({ userId, limit: userId.length })));
  return new Map(lists.flatMap(({ data }) => data.map((user) => [user.id, user] as const)));
}

/** A membership without a user is of somebody whom Clerk is deleting. */
function memberOf(membership: OrganizationMembership, users: ReadonlyMap<string, User>): Member | null {
  const { publicUserData, role, createdAt } = membership;
  if (!publicUserData) return null;
  const { userId, identifier, firstName, lastName } = publicUserData;
  const user = users.get(userId);
  const name = [firstName, lastName].filter(Boolean).join(' ');
  return {
    userId,
    name: name || null,
    email: user?.primaryEmailAddress?.emailAddress ?? (identifier.includes('@') ? identifier : null),
    role: withoutPrefix(role),
    joinedAt: new Date(createdAt),
    lastActiveAt: user?.lastActiveAt ? new Date(user.lastActiveAt) : null,
  };
}

/** Clerk's library waits for as long as it takes. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new MembersUnavailable('it did not answer in time', RETRY_AFTER_SECONDS)), ANSWER_WITHIN_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

function unavailable(error: unknown): MembersUnavailable {
  if (error instanceof MembersUnavailable) return error;
  // Where nothing came back, the library has an error without a status.
  if (!isClerkAPIResponseError(error) || !error.status) {
    return new MembersUnavailable('it could not be reached', RETRY_AFTER_SECONDS);
  }
  const { status, retryAfter } = error;
  if (status === 401 || status === 403) return new MembersUnavailable('it does not take CLERK_SECRET_KEY');
  if (status === 404) return new MembersUnavailable('it knows no organization with the id of this workspace');
  if (status === 429) return new MembersUnavailable('it was asked too often', retryAfter ?? RETRY_AFTER_SECONDS);
  return new MembersUnavailable(`it answered ${status}`, status >= 500 ? (retryAfter ?? RETRY_AFTER_SECONDS) : undefined);
}
