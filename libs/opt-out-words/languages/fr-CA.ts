import { type LanguageWords } from '../language-words';

/** French as written in Canada, beside French. */
export const frCA: LanguageWords = {
  code: 'fr-CA',
  optOut: [
    {
      source: 'https://docs.aws.amazon.com/end-user-messaging/latest/userguide/nx-rcs-launch-ca-french.md',
      scope: 'everywhere',
      words: ['arret'],
    },
    {
      source: 'https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html',
      scope: 'everywhere',
      words: ['stop'],
    },
    { source: 'public source code (whole-message keyword table, 12 languages)', scope: 'everywhere', words: ['arrêt'] },
    { source: 'own', scope: 'everywhere', words: ['désabonnement', "ne m'écrivez plus", 'arrêtez'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['oui'] },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['débuter'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['reprendre'] },
  ],
  help: [
    {
      source: 'https://docs.aws.amazon.com/end-user-messaging/latest/userguide/nx-rcs-launch-ca-french.md',
      scope: 'language',
      words: ['aide'],
    },
    {
      source: 'https://docs.aws.amazon.com/end-user-messaging/latest/userguide/nx-rcs-launch-ca-french.md',
      scope: 'everywhere',
      words: ['info'],
    },
  ],
  everyday: ['arrêt', 'arret'],
  review: [
    'pas le bon numéro; mauvais numéro; laissez moi tranquille; achalez; achale; achalez moi pus',
    "arrêtez de m'achaler; crissez moi la paix; crisse moi la paix; textez; ne me textez plus",
    'textez moi pus; tabarnak; vous vous trompez de numéro; décâlisse-; lâchez moi patience',
  ],
  reviewHere: [],
  alone: ['ça suffit'],
  politeness: ['svp; merci bien'],
};
