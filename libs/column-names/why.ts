import { type Guess } from './guess';
import { type LeadMeaning } from './meanings';
import { has } from './words';

const THINGS: Readonly<Record<LeadMeaning, string>> = {
  phone: 'a phone number',
  email: 'an e-mail address',
  firstName: 'a first name',
  lastName: 'a last name',
  fullName: 'a whole name',
  companyName: 'a company',
  jobTitle: 'a job title',
  linkedinUrl: 'a LinkedIn profile',
  notes: 'notes',
  source: 'a source',
};

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(' and ');
const naming = (words: readonly string[]): string => `${quoted(words)} ${words.length === 1 ? 'names' : 'name'}`;

/** Why a column means what it does, for whoever looks at a dry run. */
export const WHY = {
  meaning: ({ score, meaning, remark }: Guess): string => {
    const thing = THINGS[meaning!];
    if (remark || !score) return `it is ${thing}, since ${remark}`;
    const doubt = score.against.length > 0 ? `, though ${quoted(score.against)} may say something else` : '';
    return `${naming(score.named)} ${thing}${doubt}`;
  },
  nothing: ({ score, remark, words }: Guess): string => {
    if (remark) return remark;
    const fax = words.find((word) => has(word, 'fax'));
    if (fax) return `"${fax.text}" takes no messages`;
    if (!score) return 'no word of it names a field of a lead';
    const [word] = score.against;
    const against = word === undefined ? 'that is not sure enough' : `"${word}" says that it is something else`;
    return `${naming(score.named)} ${THINGS[score.meaning]}, but ${against}`;
  },
  better: (column: string): string => `"${column}" is the better name`,
  split: 'first and last name have columns of their own',
  kind: (column: string): string => `it says what kind of contact "${column}" holds`,
  more: (count: number): string => `a lead holds ${count} of them, so it is for rows in which one before it is empty`,
};
