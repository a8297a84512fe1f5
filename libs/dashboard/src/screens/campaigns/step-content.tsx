import type { ReactNode } from 'react';
import { TextArea } from '../../parts/field';
import { layout } from '../../parts/layout';
import { channelName } from '../../parts/words';
import type { DraftStep } from './draft';
import { TemplateField } from './template-field';

interface Props {
  step: DraftStep;
  /** From 1. */
  place: number;
  /** By which it may go: its own first. */
  channels: readonly string[];
  fields: readonly string[];
  errors: Readonly<Record<string, string>>;
  set: (step: Partial<DraftStep>) => void;
}

/** What a step says beside its text: the subject and HTML of e-mails, and other words for other channels. */
export function StepContent({ step, place, channels, fields, errors, set }: Props): ReactNode {
  const error = (field: string) => errors[`steps[${place - 1}].${field}`] ?? errors[`steps.${place - 1}.${field}`];
  const others = channels.slice(1);
  return (
    <>
      {channels.includes('email') && (
        <>
          <TemplateField
            label={`Subject of step ${place}`}
            title="Subject"
            placeholder={place === 1 ? 'Subject of the e-mail' : 'Empty: Re: and the one before'}
            rows={1}
            value={step.subject ?? ''}
            fields={fields}
            error={error('subject')}
            change={(subject) => set({ subject: subject || null })}
          />
          <details open={step.html !== null}>
            <summary className={layout.small}>HTML of the e-mail</summary>
            <TextArea
              bare
              label={`HTML of step ${place}`}
              placeholder="Without it, the text goes out alone."
              rows={5}
              value={step.html ?? ''}
              error={error('html')}
              onText={(html) => set({ html: html || null })}
            />
          </details>
        </>
      )}
      {others.map((channel) => (
        <details key={channel} open={step.byChannel[channel]?.template !== undefined}>
          <summary className={layout.small}>Other words by {channelName(channel)}</summary>
          <TemplateField
            label={`Text of step ${place} by ${channelName(channel)}`}
            placeholder="Empty for the same text."
            rows={2}
            value={step.byChannel[channel]?.template ?? ''}
            fields={fields}
            error={error(`byChannel.${channel}.template`)}
            change={(template) => set({ byChannel: withText(step.byChannel, channel, template) })}
          />
        </details>
      ))}
    </>
  );
}

function withText(byChannel: DraftStep['byChannel'], channel: string, template: string): DraftStep['byChannel'] {
  const { template: _, ...rest } = byChannel[channel] ?? {};
  const own = template.trim() === '' ? rest : { ...rest, template };
  const { [channel]: __, ...others } = byChannel;
  return Object.keys(own).length === 0 ? others : { ...others, [channel]: own };
}
