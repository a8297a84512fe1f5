import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OrganizationMembershipJSON, UserJSON } from '@clerk/backend';

interface Person {
  userId: string;
  firstName: string | null;
  lastName: string | null;
  email: string;
  /** What Clerk shows of the user among the members: their e-mail, or their username. */
  identifier?: string;
  role: string;
  joinedAt: number;
  lastActiveAt: number | null;
}

/** How Clerk answers a call, where it is not as it should be. */
interface Refusal {
  status: number;
  code: string;
  headers?: Record<string, string>;
}

/**
 * Clerk's Backend API, as far as it lists the members of an organization and users. What it answers has the
 * types of Clerk's own library (`OrganizationMembershipJSON`, `UserJSON`).
 */
export class ClerkApi {
  readonly calls: string[] = [];
  people: Person[] = [];
  refusal: Refusal | 'silence' | null = null;
  private readonly server = createServer((request, response) => this.answer(request, response));

  constructor(
    private readonly organization: string,
    private readonly secretKey: string,
  ) {}

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer({ url, method, headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url!, 'http://clerk.invalid');
    this.calls.push(`${method} ${pathname}`);
    const say = (status: number, body: unknown, more: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...more }).end(JSON.stringify(body));
    const refuse = (status: number, code: string, more = {}) =>
      say(status, { errors: [{ message: code, long_message: code, code }], clerk_trace_id: 'trace_1' }, more);
    const { refusal } = this;
    if (refusal === 'silence') return;
    if (refusal) return void refuse(refusal.status, refusal.code, refusal.headers);
    if (headers.authorization !== `Bearer ${this.secretKey}`) return void refuse(401, 'clerk_key_invalid');
    const asked = searchParams.getAll('user_id');
    // Clerk's library asks for the number beside each list.
    if (pathname === '/v1/users/count') return void say(200, { object: 'total_count', total_count: asked.length });
    if (pathname === '/v1/users') return void say(200, this.users(asked).slice(0, Number(searchParams.get('limit') ?? 10)));
    if (pathname !== `/v1/organizations/${this.organization}/memberships`) return void refuse(404, 'resource_not_found');
    const [limit, offset] = [Number(searchParams.get('limit') ?? 10), Number(searchParams.get('offset') ?? 0)];
    // A plus that is not escaped is a space in a query.
    const isAscending = searchParams.get('order_by') === '+created_at';
    const sorted = [...this.people].sort((one, other) => (one.joinedAt - other.joinedAt) * (isAscending ? 1 : -1));
    const data = sorted.slice(offset, offset + limit).map((person) => this.membership(person));
    say(200, { data, total_count: this.people.length });
  }

  private membership(person: Person): OrganizationMembershipJSON {
    const { userId, firstName, lastName, role, joinedAt } = person;
    return {
      object: 'organization_membership',
      id: `orgmem_${userId}`,
      role,
      permissions: [],
      public_metadata: {},
      private_metadata: {},
      created_at: joinedAt,
      updated_at: joinedAt,
      organization: {
        object: 'organization',
        id: this.organization,
        name: 'Acme',
        slug: 'acme',
        has_image: false,
        max_allowed_memberships: 500,
        admin_delete_enabled: true,
        public_metadata: {},
        created_at: 1,
        updated_at: 1,
      },
      public_user_data: {
        user_id: userId,
        identifier: person.identifier ?? person.email,
        first_name: firstName,
        last_name: lastName,
        image_url: 'https://img.clerk.com/x',
        has_image: false,
      },
    };
  }

  /** Clerk takes 100 ids, and answers 10 users unless it is told how many. */
  private users(ids: readonly string[]): Partial<UserJSON>[] {
    return this.people
      .filter(({ userId }) => ids.includes(userId))
      .map(({ userId, firstName, lastName, email, lastActiveAt }) => ({
        object: 'user',
        id: userId,
        first_name: firstName,
        last_name: lastName,
        primary_email_address_id: `idn_${userId}`,
        email_addresses: [
          { object: 'email_address', id: 'idn_other', email_address: `other.${email}`, verification: null, linked_to: [] },
          { object: 'email_address', id: `idn_${userId}`, email_address: email, verification: null, linked_to: [] },
        ],
        phone_numbers: [],
        web3_wallets: [],
        external_accounts: [],
        enterprise_accounts: [],
        last_active_at: lastActiveAt,
      }));
  }
}
