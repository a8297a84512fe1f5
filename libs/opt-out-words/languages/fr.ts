import { type LanguageWords } from '../language-words';

/** French. */
export const fr: LanguageWords = {
  code: 'fr',
  optOut: [
    {
      source: 'https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords-required.html',
      scope: 'everywhere',
      words: ['arret'],
    },
    {
      source: 'public source code (whole-message keyword table, 12 languages)',
      scope: 'everywhere',
      words: ['arrêt', 'désabonner'],
    },
    {
      source: 'http://www.commentcamarche.net/faq/34000-signaler-un-spam-recu-sur-votre-mobile-33700',
      scope: 'everywhere',
      words: ['stop'],
    },
    { source: 'https://www.twilio.com/docs/proxy/opt-out-keywords.md', scope: 'everywhere', words: ['arrett', 'arrete'] },
    { source: 'public source code (OPT_OUT_KEYWORDS by language)', scope: 'everywhere', words: ['arrêter'] },
    {
      source: 'public source code (multilingual unsubscribe keywords)',
      scope: 'everywhere',
      words: ['se désinscrire', 'ne plus recevoir', 'supprimer de la liste'],
    },
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: ['arrêtez', "arrêtez de m'écrire", "ne m'écrivez plus", 'supprimez mon numéro'],
    },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'stop svp',
        'désabonnez-moi',
        'désabonnement',
        'désinscription',
        'désinscrivez-moi',
        'désinscrire',
        'ne me contactez plus',
        'ne plus me contacter',
        'plus de sms',
        'plus de messages',
        "arrêtez de m'envoyer des messages",
        'arrêtez les sms',
        'retirez-moi de votre liste',
        'résilier',
        'stop sms',
        'je veux me désabonner',
        'je souhaite me désabonner',
        'ne m’envoyez plus de messages',
      ],
    },
    { source: 'own', scope: 'language', words: ['fin', 'annuler'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['oui'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['reprendre', 'réabonner', "s'abonner"] },
    { source: 'own', scope: 'everywhere', when: 'afterStop', words: ['commencer'] },
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
    'laissez moi tranquille; laisse moi tranquille; laissez nous tranquille-; fichez moi la paix',
    'foutez moi la paix; fous moi la paix; fiche moi la paix; laissez moi en paix; lâchez moi',
    'mauvais numéro; faux numéro; pas le bon numéro; trompez de numéro; trompé de numéro',
    'trompe de numéro; tromper de numéro; erreur de numéro; pas mon numéro; mauvaise personne',
    'pas la bonne personne; pas le bon destinataire; erreur de destinataire; vous faites erreur',
    'désabonn-; désinscri-; se désinscrire; me désinscrire; arrêtez; arrête de; arrêter; plus de sms',
    "plus de messages; plus recevoir; ne m'écri-; ne m'écrivez; ne m'envoy-; ne me contact-; ne m'appel-",
    "ne me dérang-; n'écrivez plus; ne me texte-; ne me rappel-; supprimez; supprimer mon; supprime mon",
    'effacez mon; effacez moi; retirez moi; retirez mon; retire moi; enlevez moi; enlevez mon; rayez moi',
    'va te faire; allez vous faire; fuck-; connard-; connasse-; salaud-; ta gueule; cassez vous',
    'casse toi; harcel-; harcèle-; je vais porter plainte; porter plainte; spam; démarchage',
    'ne pas déranger; je ne veux plus; je ne souhaite plus; résilier mon abonnement; me dérangez',
    'comment me retirer; comment arrêter; comment je me désabonne; je veux plus recevoir',
    'je veux plus de sms',
  ],
  reviewHere: ['fous le camp'],
  alone: [
    "assez; c'est une erreur; vous vous trompez; ça suffit; erreur; supprimer; retirer; stopper; terminé",
    'quitter; sortir',
  ],
  politeness: [
    "s'il vous plaît; s'il te plaît; svp; stp; merci; merci beaucoup; merci d'avance; merci bien",
    'cordialement; bien à vous; bonne journée; je vous prie; je vous remercie',
  ],
};
