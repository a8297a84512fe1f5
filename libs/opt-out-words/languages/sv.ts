import { type LanguageWords } from '../language-words';

/** Swedish. */
export const sv: LanguageWords = {
  code: 'sv',
  optOut: [
    { source: 'public source code (mail footer: reply word)', scope: 'everywhere', words: ['avregistrera'] },
    {
      source: 'https://help.bronto.com/bmp/help-source/task/t_bmp_home_settings_sms_short_code_stop_view.html',
      scope: 'everywhere',
      words: ['stopp'],
    },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'stop',
        'stoppa',
        'avsluta',
        'avregistrera mig',
        'avanmäl',
        'sluta skriva till mig',
        'sluta skicka',
        'skicka inte fler',
        'inga fler sms',
        'inga fler meddelanden',
        'ta bort mig',
        'ta bort mitt nummer',
        'avanmäl mig',
        'ta bort mig från listan',
      ],
    },
    { source: 'own', scope: 'language', words: ['sluta', 'slut', 'avbryt'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['ja'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['start', 'återuppta'] },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['starta'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['hjälp', 'info'] }],
  everyday: ['avsluta'],
  review: [
    'lämna mig ifred; lämna mig i fred; låt mig vara; låt mig vara ifred; låt mig vara i fred; fel nummer',
    'felaktigt nummer; ringt fel; kommit fel; fel person; inte mitt nummer; inte rätt nummer; avregistr-',
    'avanmäl-; avprenumer-; anmäla mig av; anmäler jag mig av; sluta skriva; sluta skicka; sluta kontakta',
    'sluta ringa; sluta med; sluta messa; sluta smsa; sluta störa; skriv inte; skicka inte',
    'kontakta mig inte; kontakta inte; ring inte; stör mig inte; stör inte; inga fler; vill inte ha fler',
    'vill inte få; ta bort; radera mig; radera mitt; stryk mig; dra åt helvete; far åt helvete',
    'håll käften; jävla; fan ta dig; dra åt; trakasser-; polisanmäl-; blockerar; spam; stoppa',
    'hur slutar jag; hur avslutar jag; hur kommer jag ur; sluta nu; sluta genast',
  ],
  reviewHere: ['stick; idiot; idioter'],
  alone: ['nog; nog nu; ta bort; radera; lägg av'],
  politeness: [
    'tack; snälla; tack så mycket; tackar; vänligen; var snäll och; är du snäll; mvh; med vänlig hälsning',
    'tack på förhand; hälsningar',
  ],
};
