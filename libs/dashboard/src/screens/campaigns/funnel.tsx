import type { ReactNode } from 'react';
import type { Schemas } from '../../app/api';
import { many } from '../../parts/words';
import styles from './campaigns.module.css';

/** How far people have come, step by step, on one scale. */
export function Funnel({ steps }: { steps: Schemas['CampaignReport']['steps'] }): ReactNode {
  const most = Math.max(1, ...steps.map((step) => step.sent + step.delivered + step.failed + step.scheduled + step.queued));
  const width = (value: number) => ({ width: `${(value / most) * 100}%` });
  return (
    <>
      <div className={styles.funnel}>
        {steps.map((step) => [
          <span key={`${step.stepId} name`}>
            Step {step.stepIndex + 1}
            {step.removed && ' (removed)'}
          </span>,
          <div
            key={`${step.stepId} bar`}
            className={styles.stacked}
            role="img"
            aria-label={`${step.delivered} delivered, ${step.sent} sent, ${step.failed} failed, ${step.scheduled + step.queued} planned`}
            title={`${step.delivered} delivered, ${step.sent} sent, ${step.failed} failed, ${step.scheduled + step.queued} planned`}
          >
            <span className={styles.delivered} style={width(step.delivered)} />
            <span className={styles.sent} style={width(step.sent)} />
            <span className={styles.failed} style={width(step.failed)} />
          </div>,
          <span key={`${step.stepId} replies`}>{many(step.replies, 'reply', 'replies')}</span>,
        ])}
      </div>
      <div className={styles.legend}>
        <span>
          <i className={styles.delivered} /> Delivered
        </span>
        <span>
          <i className={styles.sent} /> Sent
        </span>
        <span>
          <i className={styles.failed} /> Failed
        </span>
      </div>
    </>
  );
}
