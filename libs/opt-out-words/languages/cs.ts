import { type LanguageWords } from '../language-words';

/** Czech. */
export const cs: LanguageWords = {
  code: 'cs',
  optOut: [
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'stop',
        'odhlásit',
        'odhlásit odběr',
        'odhlašte mě',
        'zrušit odběr',
        'nepište mi',
        'už mi nepište',
        'neposílejte',
        'neposílejte mi zprávy',
        'vymažte mé číslo',
        'smažte mě',
        'nechci zprávy',
        'přestaňte mi psát',
      ],
    },
    { source: 'own', scope: 'language', words: ['zrušit', 'konec'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['ano'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['start', 'přihlásit'] },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['obnovit'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['pomoc', 'info'] }],
  everyday: [],
  review: [
    'nechte mě; nech mě; nechte mne; dejte mi pokoj; dej mi pokoj; dejte pokoj; nechte nás; špatné číslo',
    'špatný číslo; chybné číslo; nesprávné číslo; to není moje číslo; není moje číslo; spletl jste',
    'spletli jste; spletla jste; špatná osoba; odhlás-; odhlaste; odhlašte; odhlásím; odhlašuji',
    'zrušit odběr; zrušit zasílání; nepište; nepiš mi; nepiš; neposílejte; neposílej; nevolejte; nevolej',
    'nekontaktujte; neotravujte; neotravuj; neobtěžujte; neobtěžuj; obtěžuj-; obtěžování; přestaň',
    'přestaňte; vymaž-; smažte; smaž mě; smazat moje; vyřaď-; odstraňte; nechci zprávy; nechci další',
    'nechci dostávat; nezájem už; táhněte; jdi do; jděte do; do prdele; vypadni; vypadněte; polib-',
    'trestní oznámení; nahlásím; spam; odvolávám souhlas; gdpr; nepřeji si zprávy; nepřeji si dostávat',
    'nepřeji si další; už mi nepište; už mi nevolejte',
  ],
  reviewHere: ['omyl; táhni'],
  alone: ['dost; stačí; smazat; omyl; přestaňte'],
  politeness: [
    'prosím; prosím vás; děkuji; díky; děkuju; děkuji vám; děkujeme; předem děkuji; s pozdravem',
    'moc děkuji; laskavě; hezký den',
  ],
};
