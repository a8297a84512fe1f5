import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ask, fieldErrors, type Schemas, tuco } from '../../app/api';
import { Button } from '../../parts/button';
import { CheckField, SelectField, TextArea, TextField } from '../../parts/field';
import { Card, Failure, layout, Note } from '../../parts/layout';
import { toast } from '../../parts/toasts';
import { count } from '../../parts/words';

type Workspace = Schemas['Workspace'];
type Change = Schemas['WorkspaceRequest'];

const QUIET = [
  ['federal', 'As the federal rules of the United States'],
  ['local', 'As the rules of each state'],
  ['strict', 'The strictest rules everywhere'],
  ['off', 'None'],
] as const;
const OWN_HOURS = 'own';

const words = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((word) => word.trim())
    .filter(Boolean);

export function WorkspaceForm({ settings, isAdmin }: { settings: Workspace; isAdmin: boolean }): ReactNode {
  const [change, setChange] = useState<Change>({});
  const [optOutWords, setOptOutWords] = useState(settings.optOutWords.join('\n'));
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const queries = useQueryClient();
  const now = { ...settings, ...change };
  const set = (next: Change) => setChange({ ...change, ...next });
  const errors = fieldErrors(error);
  const isChanged = Object.keys(change).length > 0;
  const hasOwnHours = typeof now.quietHours !== 'string';
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await ask(tuco.PATCH('/api/workspace', { body: change }));
      setChange({});
      toast('Settings saved.');
      await queries.invalidateQueries({ queryKey: ['workspace'] });
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={`${layout.stack} ${layout.loose}`} onSubmit={(event) => void save(event)}>
      {!isAdmin && <Note tone="info">Only administrators change these.</Note>}
      {error !== null && <Failure error={error} />}
      <fieldset disabled={!isAdmin} className={`${layout.fields} ${layout.grid} ${layout.wideGrid}`}>
        <Card title="Workspace">
          <dl className={layout.facts}>
            <dt>Name</dt>
            <dd>{settings.name}</dd>
            <dt>Id</dt>
            <dd>{settings._id}</dd>
            <dt>API calls a minute</dt>
            <dd>{settings.rateLimitPerMinute === null ? 'No limit' : count(settings.rateLimitPerMinute)}</dd>
          </dl>
          <TextArea
            label="Postal address"
            optional
            rows={2}
            help="Added to e-mails, as many laws require."
            value={now.postalAddress ?? ''}
            error={errors.postalAddress}
            onText={(text) => set({ postalAddress: text || null })}
          />
          <CheckField
            label="Check new leads for iMessage automatically"
            checked={now.autoCheckAvailability}
            onCheck={(autoCheckAvailability) => set({ autoCheckAvailability })}
          />
        </Card>
        <Card title="When people may be written to">
          <SelectField
            label="Quiet hours"
            value={hasOwnHours ? OWN_HOURS : (now.quietHours as string)}
            options={[...QUIET, ...(hasOwnHours ? [[OWN_HOURS, 'Your own hours, set over the API'] as const] : [])]}
            onPick={(quietHours) => quietHours !== OWN_HOURS && set({ quietHours: quietHours as 'off' })}
            help="Messages that are due in quiet hours wait, whatever a campaign says."
          />
          <CheckField
            label="Guess time zones from area codes"
            checked={now.guessZoneFromAreaCode}
            onCheck={(guessZoneFromAreaCode) => set({ guessZoneFromAreaCode })}
          />
          <TextField
            label="Messages to one person a day"
            type="number"
            min={1}
            optional
            help="Over all campaigns. Empty: any number."
            value={String(now.maxMessagesPerPersonPerDay ?? '')}
            error={errors.maxMessagesPerPersonPerDay}
            onText={(text) => set({ maxMessagesPerPersonPerDay: text ? Number(text) : null })}
          />
          <TextField
            label="Hours between two campaigns to one person"
            type="number"
            min={0}
            value={String(now.minHoursBetweenCampaigns)}
            error={errors.minHoursBetweenCampaigns}
            onText={(text) => set({ minHoursBetweenCampaigns: Number(text) })}
          />
        </Card>
        <Card title="Opt-outs">
          <SelectField
            label="Somebody who opts out gets no more messages"
            value={now.optOutScope}
            options={[
              ['channel', 'on channels of that kind (phone or e-mail)'],
              ['all', 'on any channel'],
            ]}
            onPick={(optOutScope) => set({ optOutScope: optOutScope as 'all' })}
          />
          <SelectField
            label="An opt-out word counts"
            value={now.optOutMatching}
            options={[
              ['whole', 'when it is the whole message'],
              ['contains', 'wherever it stands in a message'],
            ]}
            onPick={(optOutMatching) => set({ optOutMatching: optOutMatching as 'whole' })}
          />
          <TextArea
            label="Your own opt-out words"
            optional
            rows={3}
            help="One per line. STOP and its equivalents in 23 languages always count."
            value={optOutWords}
            error={errors.optOutWords}
            onText={(text) => {
              setOptOutWords(text);
              set({ optOutWords: words(text) });
            }}
          />
          <TextField
            label="Days until a reply under review counts as an opt-out"
            type="number"
            min={1}
            help="Until then, nothing is sent to that person."
            value={String(now.reviewDays)}
            error={errors.reviewDays}
            onText={(text) => set({ reviewDays: Number(text) })}
          />
        </Card>
        <Card title="Automatic answers">
          <TextArea
            label="To HELP"
            optional
            rows={2}
            value={now.helpText ?? ''}
            error={errors.helpText}
            onText={(text) => set({ helpText: text || null })}
          />
          <TextArea
            label="To an opt-out"
            optional
            rows={2}
            help="One last message that confirms it."
            value={now.optOutConfirmation ?? ''}
            error={errors.optOutConfirmation}
            onText={(text) => set({ optOutConfirmation: text || null })}
          />
        </Card>
      </fieldset>
      <div className={layout.row}>
        <Button type="submit" kind="primary" busy={isBusy} disabled={!isChanged || !isAdmin}>
          Save settings
        </Button>
        {isChanged && (
          <Button
            onClick={() => {
              setChange({});
              setOptOutWords(settings.optOutWords.join('\n'));
            }}
          >
            Take back
          </Button>
        )}
      </div>
    </form>
  );
}
