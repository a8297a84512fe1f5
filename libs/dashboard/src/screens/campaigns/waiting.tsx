import type { ReactNode } from 'react';
import type { Schemas } from '../../app/api';
import { Empty, layout } from '../../parts/layout';
import { Time } from '../../parts/time';
import { count, sentence } from '../../parts/words';

/** What waits, and why: of a campaign, or of all. */
export function Waiting({ waiting }: { waiting: Schemas['CampaignReport']['waiting'] }): ReactNode {
  const { due, notDue, asked, reasons } = waiting;
  if (due === 0 && notDue === 0) {
    return <Empty title="Nothing waits">When a message is due and cannot go out yet, the reason stands here.</Empty>;
  }
  return (
    <ul className={layout.list}>
      {reasons.map(({ reason, words, until, count: total }) => (
        <li key={`${reason} ${words}`} className={layout.item}>
          <span className={layout.grow}>
            {sentence(words)}
            {until && (
              <span className={layout.muted}>
                , until <Time at={until} />
              </span>
            )}
          </span>
          <span className={layout.strong}>{count(total)}</span>
        </li>
      ))}
      {asked < due && (
        <li className={`${layout.item} ${layout.small} ${layout.muted}`}>
          {count(asked)} of {count(due)} messages that are due were asked.
        </li>
      )}
      {notDue > 0 && (
        <li className={layout.item}>
          <span className={layout.grow}>Not due yet: their step comes later</span>
          <span className={layout.strong}>{count(notDue)}</span>
        </li>
      )}
    </ul>
  );
}
