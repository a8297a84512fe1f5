import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../app/api';
import { buttonClass } from '../../parts/button';
import { Badge, Card, layout } from '../../parts/layout';
import { many } from '../../parts/words';

interface Props {
  leads: number;
  lines: number;
  campaigns: readonly Schemas['ListedCampaign'][];
}

/** What is left to do until the first campaign runs. */
export function Checklist({ leads, lines, campaigns }: Props): ReactNode {
  const draft = campaigns[0];
  const steps = [
    {
      isDone: lines > 0,
      title: 'Have a line to send from',
      text: lines > 0 ? `${many(lines, 'line')} ready` : 'A number or an address that people get messages from.',
      action: (
        <Link to="/lines" className={buttonClass()}>
          {lines > 0 ? 'See lines' : 'Add a line'}
        </Link>
      ),
    },
    {
      isDone: leads > 0,
      title: 'Bring in your people',
      text:
        leads > 0
          ? `${many(leads, 'lead')} here`
          : 'Drop a CSV from your CRM; you see what becomes of it before anything is saved.',
      action: (
        <Link to="/imports/new" className={buttonClass(leads > 0 ? 'plain' : 'primary')}>
          Import a file
        </Link>
      ),
    },
    {
      isDone: campaigns.length > 0,
      title: 'Build a campaign',
      text: draft ? `"${draft.name}" is a draft` : 'A few steps, each with a text and a wait before it.',
      action: draft ? (
        <Link to="/campaigns/$id/edit" params={{ id: draft._id }} className={buttonClass()}>
          Open the draft
        </Link>
      ) : (
        <Link to="/campaigns" search={{ dialog: 'new' }} className={buttonClass(leads > 0 ? 'primary' : 'plain')}>
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
