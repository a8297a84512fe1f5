import { type LanguageWords } from '../language-words';

/** Polish. */
export const pl: LanguageWords = {
  code: 'pl',
  optOut: [
    {
      source: 'public source code (multilingual opt-out test, 15 languages)',
      scope: 'everywhere',
      words: [
        'wypisz mnie',
        'usuń mój numer',
        'proszę przestać do mnie pisać',
        'nie piszcie do mnie więcej',
        'przestań do mnie pisać',
      ],
    },
    { source: 'public source code (unsubscribe words by language)', scope: 'everywhere', words: ['wypisz się', 'rezygnuj'] },
    {
      source: 'own',
      scope: 'everywhere',
      words: [
        'stop',
        'rezygnuję',
        'rezygnacja',
        'wypisz',
        'nie pisz do mnie',
        'proszę nie pisać',
        'proszę o usunięcie numeru',
        'nie chcę wiadomości',
        'nie chcę więcej wiadomości',
        'koniec z smsami',
      ],
    },
    { source: 'own', scope: 'language', words: ['koniec', 'anuluj'] },
  ],
  optIn: [
    { source: 'own', scope: 'language', when: 'afterStop', words: ['tak'] },
    { source: 'own', scope: 'everywhere', when: 'always', words: ['start', 'wznów', 'zapisz mnie'] },
  ],
  help: [{ source: 'own', scope: 'everywhere', words: ['pomoc', 'info'] }],
  everyday: [],
  review: [
    'dajcie mi spokój; daj mi spokój; dajcie spokój; daj spokój; proszę dać mi spokój',
    'proszę mi dać spokój; odczep-; odczepcie się; odwal-; spadaj; spadajcie; spierdal-; odpierdol-',
    'wypierdal-; kurwa; goń się; zostaw mnie; zostawcie mnie; zły numer; niewłaściwy numer; błędny numer',
    'nieprawidłowy numer; pomylił pan numer; pomyliłeś numer; pomyliliście numer; pomyliła pani numer',
    'to nie mój numer; nie mój numer; zła osoba; wypis-; wypisać; zrezygn-; rezygnuj-; rezygnacj-; usuń',
    'usuńcie; proszę usunąć; usunąć mój; usunięcie; usunięcia; przestań; przestańcie; przestać; nie pisz',
    'nie piszcie; nie pisać; nie wysyłaj; nie wysyłajcie; proszę nie wysyłać; nie dzwoń; nie dzwońcie',
    'proszę nie dzwonić; nie kontaktuj-; nie chcę wiadomości; nie chcę więcej; nie życzę sobie',
    'nie nękaj-; nękanie; nękacie; koniec z; zgłoszę; zgłaszam na policję; jak się wypisać; cofam zgodę',
    'wycofuję zgodę; spam; proszę nie pisać; zgodnie z rodo; w spokoju; zostawić w spokoju',
  ],
  reviewHere: ['pomyłka'],
  alone: ['dość; wystarczy; usuń; pomyłka; przestań'],
  politeness: [
    'proszę; prosze bardzo; proszę bardzo; bardzo proszę; uprzejmie proszę; dziękuję; dzięki',
    'dziękuję bardzo; dziekuje z góry; z góry dziękuję; pozdrawiam',
  ],
};
