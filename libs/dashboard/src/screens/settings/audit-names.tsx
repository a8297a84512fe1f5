import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask, type Schemas, tuco } from '../../app/api';
import { campaignsQuery, linesQuery } from '../../app/queries';
import { useSession } from '../../app/session';
import { nameOf, plainWords } from '../../parts/words';
import { listsQuery } from '../leads/leads';
import { accountsQuery } from '../lines/lines';
import { membersQuery } from './members';

type AuditSubject = Schemas['AuditSubject'];

/** What ids of the audit log stand for, as far as it is there still. */
export function useAuditNames() {
  const { userId } = useSession();
  const campaigns = useQuery(campaignsQuery);
  const lines = useQuery(linesQuery);
  const lists = useQuery(listsQuery);
  const accounts = useQuery(accountsQuery);
  const webhooks = useQuery({ queryKey: ['webhooks'], queryFn: () => ask(tuco.GET('/api/webhooks')) });
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => ask(tuco.GET('/api/api-keys')) });
  // Where they cannot be listed, ids stand in their place.
  const members = useInfiniteQuery(membersQuery);
  const people = new Map(members.data?.pages.flatMap((page) => page.members.map((one) => [one.userId, one] as const)));
  const names = new Map<string, string>([
    ...(campaigns.data?.campaigns ?? []).map(({ _id, name }) => [_id, name] as const),
    ...(lines.data?.lines ?? []).map((line) => [line._id, nameOf(line)] as const),
    ...(lists.data?.lists ?? []).map(({ _id, name }) => [_id, name] as const),
    ...(accounts.data?.accounts ?? []).map(({ _id, name, deviceId, provider }) => [_id, name || deviceId || provider] as const),
    ...(webhooks.data?.webhooks ?? []).map(({ id, name }) => [id, name] as const),
    ...(keys.data?.apiKeys ?? []).map(({ _id, name }) => [_id, name] as const),
  ]);
  const actor = (text: string): string => {
    const [kind = '', id = ''] = text.split(':');
    if (kind === 'key') return `API key ${names.get(id) ?? id}`;
    if (kind === 'user') return id === userId ? 'You' : (people.get(id)?.name ?? people.get(id)?.email ?? `User ${id}`);
    return plainWords(kind);
  };
  return { of: (id: string): string | undefined => names.get(id), actor };
}

interface Props {
  subject: AuditSubject;
  nameOf: (id: string) => string | undefined;
}

/** What an act was done on: by its name, where it has one, and with a link, where it has a page. */
export function Subject({ subject: { kind, id }, nameOf: named }: Props): ReactNode {
  const word = plainWords(kind);
  if (id === null) return word;
  const name = named(id);
  if (name === undefined) return `${word} ${id}`;
  const params = { id };
  if (kind === 'campaign') {
    return (
      <Link to="/campaigns/$id" params={params}>
        {name}
      </Link>
    );
  }
  if (kind === 'line') {
    return (
      <Link to="/lines/$id" params={params}>
        {name}
      </Link>
    );
  }
  if (kind !== 'webhook') return name;
  return (
    <Link to="/developers/webhooks/$id" params={params}>
      {name}
    </Link>
  );
}
