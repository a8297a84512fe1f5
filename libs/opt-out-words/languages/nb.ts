import { type LanguageWords } from '../language-words';

/** Norwegian. */
export const nb: LanguageWords = {
  code: 'nb',
  optOut: [
    {
      source: 'https://developer.enablex.io/docs/quickstart/sms/international-sms-regulations/country/norway/',
      scope: 'everywhere',
      words: ['stopp', 'stop'],
    },
    { source: 'https://help.brevo.com/hc/en-us/articles/208723209', scope: 'everywhere', words: ['unsub'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'avmeld',
        'avmelding',
        'meld meg av',
        'avslutt',
        'slett meg',
        'slett nummeret mitt',
        'slutt å sende',
        'ikke send flere',
        'ingen flere meldinger',
        'ingen flere sms',
        'ikke kontakt meg',
        'avmeld meg',
        'meld meg ut',
        'slett nummer',
      ],
    },
    { source: 'own', scope: 'language', words: ['slutt', 'avbryt'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['ja'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['start', 'påmeld'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['hjelp', 'info'] }],
  everyday: ['avslutt'],
  review: [
    'la meg være; la meg være i fred; la meg være ifred; la oss være; feil nummer; feil person',
    'galt nummer; ringt feil; ikke mitt nummer; ikke riktig nummer; avmeld-; melde meg av',
    'melder jeg meg av; meld meg av; melder jeg meg ut; melde meg ut; slutt å; slutt med; slutte å sende',
    'ikke send; ikke skriv; ikke kontakt; ikke ring; ingen flere; vil ikke ha flere; ønsker ikke flere',
    'ønsker ikke å motta; vil ikke motta; slett meg; slett nummeret; slett mitt; slette meg',
    'slette nummeret; fjern meg; fjern nummeret; fjerne meg; dra til helvete; dra til hælvete; hold kjeft',
    'trakasser-; slutt å mase; ikke mas; ikke forstyrr; forstyrr meg ikke; blokkerer; stopp; spam',
    'hvordan stopper jeg; anmelder dere; hvordan slutter jeg',
  ],
  reviewHere: ['stikk; idiot; faen'],
  alone: ['nok; gi deg; slett; fjern; feil'],
  politeness: [
    'takk; vennligst; vær så snill; vær så god; vær snill; mange takk; tusen takk; takk skal du ha',
    'på forhånd takk; mvh; med vennlig hilsen; hilsen; er du snill',
  ],
};
