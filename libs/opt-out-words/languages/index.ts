import { type LanguageWords } from '../language-words';
import { ar } from './ar';
import { cs } from './cs';
import { da } from './da';
import { de } from './de';
import { el } from './el';
import { en } from './en';
import { es } from './es';
import { fi } from './fi';
import { fr } from './fr';
import { frCA } from './fr-CA';
import { he } from './he';
import { hi } from './hi';
import { it } from './it';
import { ja } from './ja';
import { ko } from './ko';
import { nb } from './nb';
import { nl } from './nl';
import { pl } from './pl';
import { pt } from './pt';
import { ru } from './ru';
import { sv } from './sv';
import { tr } from './tr';
import { zh } from './zh';

/** The first is the one that a word of several languages is said to be of. */
export const LANGUAGES: readonly LanguageWords[] = [
  en,
  es,
  fr,
  frCA,
  de,
  pt,
  it,
  nl,
  pl,
  sv,
  da,
  nb,
  fi,
  ja,
  zh,
  ko,
  ru,
  tr,
  cs,
  el,
  ar,
  he,
  hi,
];
