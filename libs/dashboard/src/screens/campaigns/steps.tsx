import type { ReactNode } from 'react';
import type { Schemas } from '../../app/api';
import { Button } from '../../parts/button';
import { CheckField, SelectField, TextField } from '../../parts/field';
import { Card, layout } from '../../parts/layout';
import styles from './campaigns.module.css';
import { type DraftStep, newStep } from './draft';
import { StepContent } from './step-content';
import { TemplateField } from './template-field';

const UNITS = ['seconds', 'minutes', 'hours', 'days'] as const;

interface Props {
  steps: readonly DraftStep[];
  /** The campaign's channel, and those to fall back on. */
  channel: string;
  fallback: readonly string[];
  fields: readonly string[];
  errors: Readonly<Record<string, string>>;
  warnings: readonly Schemas['StepWarning'][];
  change: (steps: DraftStep[]) => void;
}

export function Steps({ steps, channel, fallback, fields, errors, warnings, change }: Props): ReactNode {
  const set = (index: number, step: Partial<DraftStep>) =>
    change(steps.map((one, at) => (at === index ? { ...one, ...step } : one)));
  const move = (index: number, by: number) => {
    const next = [...steps];
    const [step] = next.splice(index, 1);
    if (step) next.splice(index + by, 0, step);
    change(next);
  };
  return (
    <div className={styles.steps}>
      {steps.map((step, index) => (
        <div key={step.key}>
          {(index > 0 || step.wait.amount > 0) && (
            <div className={styles.wait}>
              <span>Wait</span>
              <TextField
                bare
                type="number"
                min={0}
                label={`Wait before step ${index + 1}`}
                value={String(step.wait.amount)}
                onText={(text) => set(index, { wait: { ...step.wait, amount: Math.max(0, Math.round(Number(text) || 0)) } })}
              />
              <SelectField
                bare
                label={`Unit of the wait before step ${index + 1}`}
                value={step.wait.unit}
                options={UNITS.map((unit) => [unit, unit] as const)}
                onPick={(unit) => set(index, { wait: { ...step.wait, unit: unit as (typeof UNITS)[number] } })}
              />
              <span>{index === 0 ? 'after somebody has come in' : `after step ${index}`}</span>
            </div>
          )}
          <Card
            title={`Step ${index + 1}`}
            actions={
              <>
                <Button
                  small
                  kind="quiet"
                  aria-label={`Move step ${index + 1} up`}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                >
                  ↑
                </Button>
                <Button
                  small
                  kind="quiet"
                  aria-label={`Move step ${index + 1} down`}
                  disabled={index === steps.length - 1}
                  onClick={() => move(index, 1)}
                >
                  ↓
                </Button>
                <Button
                  small
                  kind="quiet"
                  aria-label={`Remove step ${index + 1}`}
                  onClick={() => change(steps.filter((_, at) => at !== index))}
                >
                  Remove
                </Button>
              </>
            }
          >
            <TemplateField
              label={`Text of step ${index + 1}`}
              title="Text"
              value={step.template}
              fields={fields}
              error={errors[`steps[${index}].template`] ?? errors[`steps.${index}.template`]}
              change={(template) => set(index, { template })}
            />
            <StepContent
              step={step}
              place={index + 1}
              channels={[...new Set([step.channel ?? channel, ...fallback])]}
              fields={fields}
              errors={errors}
              set={(more) => set(index, more)}
            />
            {warnings
              .filter(({ field }) => field.includes(`[${index}]`) || field.includes(`.${index}.`))
              .map(({ key, message, suggestion }) => (
                <p key={key} className={layout.small}>
                  {message}
                  {suggestion && (
                    <>
                      {' '}
                      <Button
                        small
                        onClick={() => set(index, { template: step.template.replaceAll(`{${key}`, `{${suggestion}`) })}
                      >
                        Use {suggestion}
                      </Button>
                    </>
                  )}
                </p>
              ))}
            {index > 0 && (
              <CheckField
                label="Only if they have not answered"
                checked={step.onlyIfNoReply ?? true}
                onCheck={(onlyIfNoReply) => set(index, { onlyIfNoReply })}
              />
            )}
          </Card>
        </div>
      ))}
      <div className={layout.row} style={{ marginTop: steps.length > 0 ? '1rem' : 0 }}>
        <Button onClick={() => change([...steps, newStep(steps.length === 0)])}>Add a step</Button>
      </div>
    </div>
  );
}
