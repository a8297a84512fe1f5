import { type LanguageWords } from '../language-words';

/** Danish. */
export const da: LanguageWords = {
  code: 'da',
  optOut: [
    { source: 'https://www.inmobile.dk/guides/sms-workflows/afmelding-via-sms/', scope: 'everywhere', words: ['stop'] },
    { source: 'public source code (SMS guide: STOP, AFMELD)', scope: 'everywhere', words: ['afmeld'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'afmelding',
        'afmeld mig',
        'framelding',
        'frameld',
        'slet mig',
        'slet mit nummer',
        'stop med at skrive',
        'skriv ikke til mig',
        'ikke flere sms',
        'ingen flere beskeder',
        'ingen flere sms',
        'slet mig fra listen',
        'fjern mig',
        'fjern mit nummer',
      ],
    },
    { source: 'own', scope: 'language', words: ['slut', 'annuller'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['ja'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['start', 'tilmeld'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['hjælp', 'info'] }],
  everyday: [],
  review: [
    'lad mig være; lad mig være i fred; lad mig være ifred; lad os være; forkert nummer; forkerte nummer',
    'forkert person; fejl nummer; ringet forkert; ikke mit nummer; ikke det rigtige nummer; afmeld-',
    'frameld-; afmelder; melder jag fra; melder jeg mig fra; melde mig fra; melder jeg fra',
    'melder jeg mig af; stop med; hold op; hold nu op; skriv ikke; skriv ikke mere; kontakt mig ikke',
    'kontakt ikke; ring ikke; send ikke; ingen flere; ikke flere; vil ikke have flere; vil ikke modtage',
    'ønsker ikke flere; ønsker ikke at modtage; slet mig; slet mit; slette mit; slette mig; fjern mig',
    'fjern mit; fjerne mig; gå væk; rend mig; fuck-; hold kæft; hold din kæft; chikane-; generer mig',
    'politianmeld-; blokerer; spam; forstyr mig ikke; hvordan stopper jeg',
  ],
  reviewHere: ['skrid; idiot'],
  alone: ['nok; hold op; slet; fjern; forkert'],
  politeness: [
    'tak; venligst; vær venlig; vær så venlig; mange tak; tak for det; på forhånd tak; mvh',
    'med venlig hilsen; vh; hilsen; værsgo',
  ],
};
