import { type LanguageWords } from '../language-words';

/** Italian. */
export const it: LanguageWords = {
  code: 'it',
  optOut: [
    { source: 'public source code (whole-message keyword table, 12 languages)', scope: 'language', words: ['basta'] },
    { source: 'public source code (whole-message keyword table, 12 languages)', scope: 'everywhere', words: ['disiscrivi'] },
    { source: 'public source code (STOP_WORDS)', scope: 'everywhere', words: ['cancella'] },
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['cancellami', 'non contattarmi', 'non mi scriva più', 'smetta di scrivermi'],
    },
    { source: 'public source code (OPT_OUT_KEYWORDS by language)', scope: 'everywhere', words: ['disiscriviti'] },
    {
      source: 'public source code (multilingual unsubscribe keywords)',
      scope: 'everywhere',
      words: ['cancellare iscrizione', 'rimuovi dalla lista'],
    },
    { source: 'public source code (OPT_OUT_KEYWORDS by language)', scope: 'language', words: ['ferma'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'stop',
        'disiscrivimi',
        'cancellatemi',
        'cancellatemi dalla lista',
        'non scrivetemi più',
        'non mi scrivete più',
        'niente più messaggi',
        'basta messaggi',
        'annulla iscrizione',
        'cancella il mio numero',
        'toglietemi dalla lista',
        'non mandatemi più messaggi',
      ],
    },
    { source: 'own', scope: 'language', words: ['fine'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['sì', 'si', 'inizia'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['riprendi', 'iscrivimi'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['aiuto', 'info'] }],
  everyday: ['cancella'],
  review: [
    'lasciami in pace; lasciatemi in pace; mi lasci in pace; lasciami stare; lasciatemi stare',
    'numero sbagliato; numero errato; ha sbagliato numero; hai sbagliato numero; avete sbagliato numero',
    'sbagliato numero; sbagliato persona; persona sbagliata; non è il mio numero; non è più il numero',
    'non scriver-; non mi scriv-; non mi contatt-; non contattate-; non contattar-; non chiamat-',
    'non mi chiam-; non mi mand-; non mandat-; non mi invi-; non inviat-; non disturb-; non mi disturb-',
    'non voglio più; non voglio ricevere; non voglio messaggi; smetta di; smettila; smettete; smetti di',
    'smettetela; basta messaggi; ora basta; adesso basta; basta scrivere; disiscri-; disiscriv-',
    'cancellami; cancellatemi; mi cancelli; cancellare il mio; cancellate il mio; cancella il mio',
    'cancellarmi; come mi cancello; rimuov- * numero; rimuovetemi; rimuovimi; mi rimuova',
    'rimuovere il mio; dalla lista; dalla vostra lista; toglietemi; toglimi; mi tolga; vaffanculo',
    'fanculo; vai a quel paese; andate a quel paese; stronz-; rompere le palle; rompete; non rompere',
    "mi avete rotto; vi denuncio; molest-; annulla iscrizione; annullare l'iscrizione; revoco; spam",
    'non desidero ricevere; non desidero più',
  ],
  reviewHere: ['denuncia; basta con'],
  alone: ['sbagliato; ha sbagliato; smettila; rimuovi; elimina; esci'],
  politeness: [
    'per favore; perfavore; per piacere; per cortesia; cortesemente; gentilmente; grazie; grazie mille',
    'molte grazie; cordiali saluti; saluti; prego; pf; la ringrazio; vi ringrazio',
  ],
};
