import { type LanguageWords } from '../language-words';

/** Finnish. */
export const fi: LanguageWords = {
  code: 'fi',
  optOut: [
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'stop',
        'lopeta',
        'peruuta',
        'peruuta tilaus',
        'poista minut',
        'poista numeroni',
        'poista minut listalta',
        'ei enää viestejä',
        'ei viestejä',
        'älkää lähettäkö',
        'älä lähetä enää',
        'älkää lähettäkö enää viestejä',
        'lopettakaa',
        'kiellä',
        'markkinointikielto',
      ],
    },
    { source: 'own', scope: 'language', words: ['peru', 'loppu', 'seis'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['kyllä', 'aloita', 'jatka'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['start'] },
  ],
  help: [
    { source: 'own', scope: 'language', words: ['apua', 'ohje'] },
    { source: 'own', scope: 'everywhere', words: ['info'] },
  ],
  everyday: ['peruuta', 'kiellä'],
  review: [
    'jättäkää minut rauhaan; jätä minut rauhaan; jätä mut rauhaan; jättäkää rauhaan; jätä rauhaan',
    'anna mun olla; antakaa olla; väärä numero; väärään numeroon; väärässä numerossa; väärä henkilö',
    'väärälle henkilölle; ei ole minun numeroni; ei ole mun numero; peruuta tila-; perua tilau-',
    'peruutan tila-; peruttaa tila-; miten perun; miten peruutan; kuinka perun; kuinka peruutan',
    'kuinka lopetan; miten lopetan; miten pääsen pois; miten eroan; lopeta; lopettaka-; lopettakaa',
    'lopettaa viestit; älä lähetä; älkää lähettäkö; älkää laittako; älä laita; älä kirjoita',
    'älkää kirjoittako; älä soita; älkää soittako; älkää ottako yhteyttä; älä ota yhteyttä; älä häiritse',
    'älkää häiritkö; ei enää viest-; en halua viest-; en halua enää; en halua näitä; poista minut',
    'poistakaa; poista numero-; poistakaa minut; listalta; markkinointikiel-; kiellän; häirin-',
    'painu helvettiin; painu vittuun; vittu; turpa kiinni; rikosilmoitus; roskaposti; stoppi',
    'estän teidät; estän numeron; miten poistun; miten pääsen',
  ],
  reviewHere: ['suksi; haista'],
  alone: ['riittää; poista; jo riittää; riitti jo'],
  politeness: [
    'kiitos; kiitti; kiitoksia; ole hyvä; olkaa hyvä; ole kiltti; olkaa kiltti; olkaa ystävällinen',
    'ystävällisesti; terveisin; t; kiitos etukäteen; paljon kiitoksia',
  ],
};
