import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { LeadsSaved } from '../leads';
import { type Ending, MessagesEnded } from '../messages';
import { DomainEvents } from '../platform/events';
import { ReplyReceived } from '../replies';

/** Calls that are worth a line, by status, method and route; a dry run of an import answers 200. */
const CALLS: Record<string, string> = {
  '202 POST /api/leads/imports': 'A file was taken in; its rows are imported in the background.',
  '202 POST /api/suppressions/imports':
    'A list of people who must not be written to was taken in; it is imported in the background.',
  '200 POST /api/campaigns/:id/launch': 'A campaign was launched.',
  '200 POST /api/campaigns/:id/pause': 'A campaign was paused.',
  '200 POST /api/campaigns/:id/resume': 'A campaign goes on.',
};

/**
 * Tells whoever watches the terminal of `npm start` what happens, a plain line each. It listens to the same
 * events as the modules do, and speaks only of what was committed. To be called before the application
 * listens.
 */
export function narrate(app: NestFastifyApplication, say: (line: string) => void): void {
  const events = app.get(DomainEvents);
  events.on(LeadsSaved, async ({ leadIds }, transaction) => {
    const people = leadIds.length === 1 ? '1 lead was saved.' : `${leadIds.length.toLocaleString('en-US')} leads were saved.`;
    transaction.afterCommit(() => say(people));
  });
  events.on(MessagesEnded, async ({ ended }, transaction) => {
    const lines = ended.flatMap(({ ending }) => endLine(ending) ?? []);
    transaction.afterCommit(() => lines.forEach(say));
  });
  events.on(ReplyReceived, async ({ who: { leadIds } }, transaction) => {
    const who = leadIds.length === 0 ? 'somebody who is no lead' : leadIds.length === 1 ? 'a lead' : `${leadIds.length} leads`;
    transaction.afterCommit(() => say(`A reply came from ${who}.`));
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', (request, reply, done) => {
      const line = CALLS[`${reply.statusCode} ${request.method} ${request.routeOptions.url ?? ''}`];
      if (line) say(line);
      done();
    });
}

const MAX_TEXT_LENGTH = 60;
const shortened = (text: string): string => {
  const oneLine = text.replace(/\s+/g, ' ');
  return oneLine.length > MAX_TEXT_LENGTH ? `${oneLine.slice(0, MAX_TEXT_LENGTH - 1)}…` : oneLine;
};

/** What is said of a message's end; `null` where there is nothing to say. */
function endLine(ending: Ending): string | null {
  if (ending.kind === 'failed') return 'A message could not be sent.';
  if (ending.kind !== 'sent' && ending.kind !== 'unknown') return null;
  const { address, text, attachment } = ending.attempt;
  const what = attachment ? `the file ${attachment}` : `"${shortened(text)}"`;
  const end = ending.kind === 'sent' ? 'Sent' : 'Nobody can say whether this arrived:';
  return `${end} ${what} to ${address}.`;
}
