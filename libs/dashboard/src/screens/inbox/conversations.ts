import { ask, type Schemas, tuco } from '../../app/api';

export type Conversation = Schemas['Conversation'];
export type Thread = Schemas['ConversationThread'];
export type Entry = Thread['entries'][number];

const SHOWN = 200;

/** Which conversations a tab shows. */
export const conversationsQuery = (show: string | undefined) => ({
  queryKey: ['conversations', 'list', show ?? ''],
  queryFn: () => {
    const filter = show === 'unread' ? { unread: true } : show === 'review' ? { needsReview: true } : {};
    return ask(tuco.GET('/api/conversations', { params: { query: { limit: SHOWN, ...filter } } }));
  },
});

/** The newest part of one, or the part before a time. */
export const partOf = (id: string, before?: string): Promise<Thread> =>
  ask(tuco.GET('/api/conversations/{id}', { params: { path: { id }, query: { limit: 50, ...(before && { before }) } } }));

const addressOf = ({ lastReply: { recipientPhone, recipientEmail } }: Conversation): string =>
  recipientPhone ?? recipientEmail ?? 'Unknown';

export const nameOf = (conversation: Conversation): string => conversation.name ?? addressOf(conversation);

/** What waits for a person comes first, and then by the last reply. */
export const inOrder = (conversations: readonly Conversation[]): Conversation[] =>
  [...conversations].sort((one, other) => Number(other.needsReview) - Number(one.needsReview));
