import { type LanguageWords } from '../language-words';

/** Dutch. */
export const nl: LanguageWords = {
  code: 'nl',
  optOut: [
    { source: 'public source code (negative_keywords)', scope: 'everywhere', words: ['afmelden', 'verwijder mij'] },
    { source: 'public source code (OPT_OUT_NL)', scope: 'everywhere', words: ['uitschrijven', 'niet meer mailen'] },
    {
      source:
        'https://support.mobilevikings.be/hc/fr/articles/212160445-Comment-puis-je-me-d%C3%A9sabonner-de-services-Premium-payants-de-tiers',
      scope: 'everywhere',
      words: ['stop'],
    },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'afmelding',
        'schrijf mij uit',
        'meld mij af',
        'geen berichten meer',
        'geen sms meer',
        'niet meer berichten',
        'stuur mij geen berichten meer',
        'stop met berichten sturen',
        'verwijder mijn nummer',
        'haal mij van de lijst',
        'schrijf me uit',
        'meld me af',
        'verwijder me',
      ],
    },
    { source: 'own', scope: 'language', words: ['stoppen', 'einde'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['ja'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['aanmelden', 'hervatten', 'start'] },
  ],
  help: [
    { source: 'own', scope: 'everywhere', words: ['help', 'info'] },
    { source: 'own', scope: 'language', words: ['hulp'] },
  ],
  everyday: [],
  review: [
    'laat me met rust; laat mij met rust; laat ons met rust; verkeerd nummer; verkeerde nummer',
    'fout nummer; foute nummer; verkeerd verbonden; verkeerde persoon; niet mijn nummer',
    'niet het juiste nummer; meld mij af; meld me af; meld ik me af; meld ik mij af; meld ik me hier af',
    'me afmelden; afmeld-; uitschrij-; schrijf me uit; schrijf mij uit; schrijf ik me uit; uitgeschreven',
    'verwijder-; haal me van; haal mij van; van de lijst; van jullie lijst; stuur me geen; stuur mij geen',
    'geen berichten; geen sms; geen smsjes; geen appjes; geen reclame; niet meer mailen; niet meer bellen',
    'niet meer appen; niet meer smsen; niet meer schrijven; niet meer sturen; niet meer contact',
    'niet meer benader-; stop met; hou op; houd op; hou eens op; houden jullie op; lazer op; rot op',
    'rot toch op; sodemieter op; flikker op; donder op; opzouten; klootzak-; val me niet lastig',
    'val mij niet lastig; lastig vallen; lastigvallen; val dood; rotzak; aangifte; blokkeer; spam',
    'in vredesnaam op; uit de lijst',
  ],
  reviewHere: ['kanker-; ophouden'],
  alone: ['genoeg; hou op; verwijderen; verwijder; weg; klaar'],
  politeness: [
    'alstublieft; alsjeblieft; aub; ajb; asjeblieft; svp; bedankt; dank u; dank je; dank u wel',
    'dank je wel; dankjewel; dankuwel; met vriendelijke groet; mvg; groet; groeten; graag',
    'vriendelijk bedankt; alvast bedankt; hartelijk dank',
  ],
};
