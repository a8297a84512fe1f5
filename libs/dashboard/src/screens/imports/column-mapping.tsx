import type { ReactNode } from 'react';
import { SelectField } from '../../parts/field';
import { Badge, Card, layout, type Tone } from '../../parts/layout';
import { many } from '../../parts/words';
import styles from './imports.module.css';
import type { Mapping, Preview } from './upload';

const LEFT_OUT = '';
const CUSTOM = 'customFields.';

const FIELDS = [
  ['firstName', 'First name'],
  ['lastName', 'Last name'],
  ['fullName', 'Full name'],
  ['companyName', 'Company'],
  ['jobTitle', 'Job title'],
  ['phone', 'Phone'],
  ['altPhone1', 'Phone 2'],
  ['altPhone2', 'Phone 3'],
  ['email', 'E-mail'],
  ['altEmail1', 'E-mail 2'],
  ['altEmail2', 'E-mail 3'],
  ['linkedinUrl', 'LinkedIn'],
  ['notes', 'Notes'],
  ['source', 'Source'],
  ['externalId', 'External id'],
] as const;

const LIKELY = 0.9;

interface Props {
  preview: Preview;
  mapping: Mapping;
  change: (mapping: Mapping) => void;
}

/** Where each column goes, how sure that is, and what stands in it. */
export function ColumnMapping({ preview, mapping, change }: Props): ReactNode {
  const unsure = preview.columns.filter(
    ({ certainty = 1, number, to }) => certainty < LIKELY && !to?.startsWith(CUSTOM) && !(number in mapping),
  ).length;
  return (
    <Card
      title={many(preview.columns.length, 'column')}
      actions={unsure > 0 && <Badge tone="warn">{many(unsure, 'guess', 'guesses')} to look at</Badge>}
      flush
    >
      <div className={layout.list}>
        {preview.columns.map(({ number, column, to, certainty, why }) => {
          const own = `${CUSTOM}${column}`;
          const options = [
            ...FIELDS,
            [own, 'Custom field'] as const,
            ...(to && to !== own && !FIELDS.some(([field]) => field === to)
              ? [[to, to.replace(CUSTOM, 'Custom field ')] as const]
              : []),
            [LEFT_OUT, 'Leave out'] as const,
          ];
          return (
            <div key={number} className={styles.column}>
              <div className={`${layout.clip} ${layout.strong}`} title={column}>
                {column || `Column ${number}`}
              </div>
              <SelectField
                bare
                label={`Where ${column || `column ${number}`} goes`}
                value={to ?? LEFT_OUT}
                options={options}
                onPick={(field) => change({ ...mapping, [number]: field === LEFT_OUT ? null : field })}
              />
              <div className={`${layout.row} ${layout.nowrap}`}>
                <Certainty isGiven={number in mapping} certainty={certainty} why={why} to={to} />
                <span className={styles.samples}>{samplesOf(preview, to)}</span>
              </div>
            </div>
          );
        })}
      </div>
    </Card>
  );
}

interface CertaintyProps {
  isGiven: boolean;
  certainty?: number;
  why?: string;
  to: string | null;
}

function Certainty({ isGiven, certainty, why, to }: CertaintyProps): ReactNode {
  if (isGiven) return <Badge tone="info">You said so</Badge>;
  if (certainty === undefined || to?.startsWith(CUSTOM)) return <Badge tone="plain">Kept as it is</Badge>;
  const tone: Tone = certainty >= LIKELY ? 'good' : 'warn';
  return (
    <span title={why}>
      <Badge tone={tone}>{certainty >= LIKELY ? 'Sure' : certainty >= 0.75 ? 'Likely' : 'A guess'}</Badge>
    </span>
  );
}

/** What the first rows have there, as it would be saved. */
function samplesOf({ rows }: Preview, to: string | null): string {
  if (!to) return '';
  const valueOf = (lead: Record<string, unknown>): unknown => {
    if (to.startsWith(CUSTOM)) return (lead.customFields as Record<string, unknown> | undefined)?.[to.slice(CUSTOM.length)];
    return to === 'fullName' ? [lead.firstName, lead.lastName].filter(Boolean).join(' ') : lead[to];
  };
  const texts = rows
    .map(({ lead }) => valueOf(lead))
    .filter((value): value is string => typeof value === 'string' && value !== '');
  return [...new Set(texts)].slice(0, 3).join(' · ');
}
