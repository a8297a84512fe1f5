import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../app/api';
import { buttonClass } from '../../parts/button';
import { Badge, Card, layout } from '../../parts/layout';

type Left = NonNullable<Schemas['Overview']['checklist']>;

/** What is left to do until the first campaign runs. */
export function Checklist({ hasLine, hasLead, draft }: Left): ReactNode {
  const steps = [
    {
      isDone: hasLine,
      title: 'Have a line to send from',
      text: hasLine ? 'There is a line to send from.' : 'A number or an address that people get messages from.',
      action: (
        <Link to="/lines" className={buttonClass()}>
          {hasLine ? 'See lines' : 'Add a line'}
        </Link>
      ),
    },
    {
      isDone: hasLead,
      title: 'Bring in your people',
      text: hasLead
        ? 'The first people are here.'
        : 'Drop a CSV from your CRM; you see what becomes of it before anything is saved.',
      action: (
        <Link to="/imports/new" className={buttonClass(hasLead ? 'plain' : 'primary')}>
          Import a file
        </Link>
      ),
    },
    {
      isDone: draft !== null,
      title: 'Build a campaign',
      text: draft ? `“${draft.name}” is a draft` : 'A few steps, each with a text and a wait before it.',
      action: draft ? (
        <Link to="/campaigns/$id/edit" params={{ id: draft._id }} className={buttonClass()}>
          Open the draft
        </Link>
      ) : (
        <Link to="/campaigns" search={{ dialog: 'new' }} className={buttonClass(hasLead ? 'primary' : 'plain')}>
          New campaign
        </Link>
      ),
    },
    {
      isDone: false,
      title: 'Launch it',
      text: 'Preview what a person would get, then launch. Messages and answers appear here as they happen.',
      action: null,
    },
  ];
  const done = steps.filter(({ isDone }) => isDone).length;
  return (
    <Card
      title="Getting started"
      actions={<span className={`${layout.small} ${layout.muted}`}>{`${done} of ${steps.length} done`}</span>}
      flush
    >
      <ol className={layout.list}>
        {steps.map(({ isDone, title, text, action }) => (
          <li key={title} className={layout.item}>
            <div className={layout.grow}>
              <div className={layout.row}>
                <span className={layout.strong}>{title}</span>
                {isDone && <Badge tone="good">Done</Badge>}
              </div>
              <div className={`${layout.small} ${layout.muted}`}>{text}</div>
            </div>
            {action}
          </li>
        ))}
      </ol>
    </Card>
  );
}
