import { judgeReply } from './index';
import { LANGUAGES } from './languages';

/** What people write, by language and by what it is; `back` is judged of a person who opted out before. */
const TEXTS: Record<string, { out: string; review: string; reply: string; back: string; help: string }> = {
  en: {
    out: "Don't text me!! | Please stop texting me | unsuscribe | Take me off your list, thanks | I revoke my consent | opt-out | do not call",
    review:
      "Please leave me alone | You've got the wrong number | go away | fuck off | I'll report you to the FCC | never contact me again | sold it, please stop | who is this? stop | stop by at 5 | I don't want these texts | quit texting me | this isn't Jim's phone | Jim doesnt live here | How do I unsubscribe? | unsubscribe Bob | this is spam | I didn't sign up for this | block | td | STOP 5",
    reply:
      'No | no thanks | Nope | What is the end date? | I quit my job | cancel our meeting please | Not right now | Who is this? | call me tomorrow at 5 | step | top | spot | shop | the finish | info please tell me more | help me | more info please | Baja California | unsure | opt for the second | ok 👍 | I am optimistic | START me off with a quote',
    back: 'START | unstop | Start! | YES | y | Continue | begin | "start" please | UN-STOP',
    help: 'Help! | info | HELP please | i n f o',
  },
  es: {
    out: 'No me escriban por favor | BAJA, gracias | dame de baja | no mas mensajes | Alto | FIN | bórrame de tu lista',
    review:
      'déjenme en paz | Número equivocado | ¿Cómo me doy de baja? | ya no es su número | quiero que me quiten de la lista, no me escriban | basta',
    reply:
      'No gracias | No me interesa | ¿Quién es? | La casa es muy alta | al fin de semana | ¿cuánto cuesta? | Vivo en Baja California | sí',
    back: 'Sí | si | ALTA | reanudar | comenzar',
    help: 'ayuda | Información',
  },
  fr: {
    out: 'STOP svp | Arrêt | désabonnez-moi | Arretez les SMS merci | plus de SMS | Fin | Ne me contactez plus, merci',
    review:
      'Laissez-moi tranquille ! | mauvais numéro | Vous vous trompez de numéro | comment se désabonner ? | foutez-moi la paix | ça suffit',
    reply:
      "Non merci | Pas intéressé | C'est qui ? | Oui | à la fin du mois | combien ça coûte ? | je dois annuler le rendez-vous de mardi",
    back: 'Oui | reprendre | OUI merci',
    help: 'AIDE | info',
  },
  'fr-CA': {
    out: 'ARRÊT | stop | Désabonnement svp | fin | ne m’écrivez plus',
    review: "arrêtez de m'achaler | c'est pas le bon numéro | laissez-moi tranquille",
    reply: 'Non merci | bonjour | oui',
    back: 'oui | débuter | reprendre',
    help: 'aide',
  },
  de: {
    out: 'Bitte abmelden | STOPP! | Keine Nachrichten mehr, danke | bitte nicht mehr schreiben | Löschen Sie meine Nummer | Loeschen Sie meine Nummer | Ende | halt | hören Sie auf mir zu schreiben',
    review:
      'Lassen Sie mich in Ruhe | Falsche Nummer | Sie haben sich verwählt | Wie kann ich mich abmelden? | Melden Sie mich bitte sofort ab | verpisst euch | Bitte nehmen Sie mich von Ihrer Liste | Hör auf damit',
    reply:
      'Nein danke | Kein Interesse | Wer ist da? | am Ende des Monats | Was kostet das? | Ja | das halte ich für gut | halt mal',
    back: 'Ja | START | anmelden | Weiter',
    help: 'Hilfe | INFO | Hilfe bitte',
  },
  pt: {
    out: 'SAIR | parar por favor | Pare | não quero mais | cancelar | descadastrar | nao me mande mais mensagens',
    review: 'me deixe em paz | número errado | Como faço para sair da lista? | pare de encher | vai se foder',
    reply: 'Não, obrigado | Não tenho interesse | quem é? | por fim fechamos | quanto custa? | sim',
    back: 'Sim | SIM! | iniciar | voltar',
    help: 'Ajuda',
  },
  it: {
    out: 'Basta | cancellami | Disiscrivimi per favore | non scrivetemi più | FINE | Stop grazie | disiscriviti',
    review: 'lasciatemi in pace | Ha sbagliato numero | Numero sbagliato! | come mi disiscrivo? | vaffanculo',
    reply: 'No grazie | Non sono interessato | Chi è? | alla fine del mese | quanto costa? | cancella la riunione | sì',
    back: 'Sì | si | riprendi | inizia',
    help: 'aiuto | info',
  },
  nl: {
    out: 'Afmelden | stop aub | uitschrijven graag | stoppen | geen sms meer | Verwijder mijn nummer',
    review: 'Laat me met rust | Verkeerd nummer | hoe meld ik me af? | stop hiermee | rot op',
    reply: 'Nee, bedankt | Geen interesse | Wie is dit? | aan het einde van de week | ja | wat kost het?',
    back: 'Ja | aanmelden | START',
    help: 'hulp | help',
  },
  pl: {
    out: 'STOP proszę | Wypisz mnie | koniec | rezygnuję | nie pisz do mnie | usun moj numer',
    review: 'Dajcie mi spokój | Pomyłka | zły numer | jak się wypisać? | odczepcie się',
    reply: 'Nie, dziękuję | Kto to? | na koniec miesiąca | tak | ile to kosztuje?',
    back: 'Tak | wznów | start',
    help: 'pomoc',
  },
  sv: {
    out: 'STOPP | Sluta | avregistrera mig tack | inga fler sms | slut | ta bort mitt nummer | avanmal',
    review: 'Lämna mig i fred | Fel nummer | hur avregistrerar jag mig? | sluta störa mig | dra åt helvete',
    reply: 'Nej tack | Inte intresserad | vad kostar det? | i slutet av veckan | ja | Vem är du?',
    back: 'JA | ja tack | starta',
    help: 'hjälp',
  },
  da: {
    out: 'Afmeld | STOP tak | slet mig | ingen flere sms | annuller | skriv ikke til mig',
    review: 'Lad mig være i fred | forkert nummer | hvordan afmelder jeg? | hold op med det',
    reply: 'Nej tak | Ikke interesseret | Hvem er det? | til slut blev det godt | ja | hvad koster det?',
    back: 'ja | tilmeld | JA TAK',
    help: 'hjælp | hjaelp',
  },
  nb: {
    out: 'STOPP | avmeld meg | avslutt | slett meg | ingen flere sms takk | unsub',
    review: 'La meg være i fred | Feil nummer | hvordan melder jeg meg av? | slutt med dette',
    reply: 'Nei takk | Ikke interessert | Hvem er dette? | ja | hva koster det? | til slutt ble det bra',
    back: 'ja | påmeld | paameld',
    help: 'hjelp',
  },
  fi: {
    out: 'Lopeta | PERUUTA | poista minut listalta | ei enää viestejä kiitos | loppu | seis | peru',
    review: 'Jättäkää minut rauhaan | Väärä numero | miten perun tilauksen? | haista vittu',
    reply: 'Ei kiitos | En ole kiinnostunut | kuka? | viikon lopussa | kyllä | matkustan Peruun',
    back: 'Kyllä | aloita | jatka',
    help: 'apua | ohje',
  },
  ja: {
    out: '停止 | 配信停止お願いします | やめてください | 解除してください | 退会 | ストップ！ | もう連絡しないでください。 | 中止',
    review: '番号違いです | 間違い電話です | 迷惑です | どうやって退会しますか | ほっといてください',
    reply: '結構です | どちら様ですか | 価格はいくらですか | ありがとうございます | はい | 会議を中止しますか',
    back: 'はい | 再開 | スタート',
    help: 'ヘルプ | ﾍﾙﾌﾟ',
  },
  zh: {
    out: '退订！ | 请退订 | 回T退订 | TD | 取消订阅谢谢 | 別再傳了 退訂 | 停止 | 取消 | 不要再联系我',
    review: '打错了 | 别烦我 | 怎么退订？ | 你发错人了 | 滚',
    reply: '不用了谢谢 | 你是谁？ | 多少钱 | 好的 | 是 | 会议结束后联系',
    back: '是 | 订阅 | 恢复',
    help: '帮助 | 幫助',
  },
  ko: {
    out: '수신거부 | 수신 거부 부탁드립니다 | 그만 | 중지 | 연락하지 마세요 | 문자 그만 보내세요 제발',
    review: '잘못 보내셨어요 | 번호 틀렸어요 | 귀찮게 하지 마세요 | 어떻게 해지하나요? | 꺼져',
    reply: '괜찮습니다 | 누구세요? | 얼마예요 | 네 | 아니요 감사합니다 | 회의 취소됐어요',
    back: '네 | 시작 | 재개',
    help: '도움말',
  },
  ru: {
    out: 'СТОП! | отписаться пожалуйста | Не пишите мне | отмена | удалите мой номер | Прекратите рассылку',
    review: 'Вы ошиблись номером | Отстаньте | как отписаться? | не тот номер | хватит | иди на хуй',
    reply: 'Нет, спасибо | Не интересует | Кто это? | да | сколько стоит? | отмена встречи во вторник',
    back: 'да | старт | подписаться',
    help: 'помощь',
  },
  tr: {
    out: 'İPTAL | iptal | dur | RET | ABONELİKTEN ÇIK | çıkış lütfen | mesaj atmayın | CIKIS | LISTEDEN CIKAR',
    review: 'Beni rahat bırakın | Yanlış numara | nasıl iptal edebilirim? | artık yeter',
    reply: 'Hayır teşekkürler | Kimsiniz? | ilgilenmiyorum | evet | fiyatı ne kadar? | ok dur bakalım',
    back: 'Evet | BAŞLAT | baslat',
    help: 'yardım | YARDIM | bilgi',
  },
  cs: {
    out: 'Odhlásit | odhlasit | KONEC prosím | neposílejte | zrušit odběr | nechci zprávy | zrusit',
    review: 'Nechte mě na pokoji | Špatné číslo | jak se odhlásit? | omyl',
    reply: 'Ne, děkuji | Kdo je to? | na konec týdne | ano | kolik to stojí?',
    back: 'Ano | obnovit',
    help: 'pomoc',
  },
  el: {
    out: 'ΣΤΟΠ | διαγραφη | ΔΙΑΓΡΑΦΗ παρακαλώ | τέλος | απεγγραφή | ακύρωση',
    review: 'Αφήστε με ήσυχο | Λάθος νούμερο | πώς κάνω διαγραφή; | σταματήστε να ενοχλείτε',
    reply: 'Όχι ευχαριστώ | Δεν ενδιαφέρομαι | Ποιος; | ναι | πόσο κοστίζει; | στο τέλος του μήνα',
    back: 'ναι | ΝΑΙ | έναρξη',
    help: 'βοήθεια',
  },
  ar: {
    out: 'توقف | إيقاف من فضلك | الغاء الاشتراك | إِلغاء | لا ترسل | كفى | ألغي اشتراكي',
    review: 'اتركوني وشأني | رقم خطأ | كيف ألغي الاشتراك؟ | لا تزعجني',
    reply: 'لا شكرا | غير مهتم | من أنت؟ | نعم | كم السعر؟',
    back: 'نعم | ابدأ | اشتراك',
    help: 'مساعدة',
  },
  he: {
    out: 'הסר | הסירו אותי בבקשה | להסיר | תסירו | עצור | תודה, הסר',
    review: 'תעזבו אותי | טעות במספר | מספר לא נכון | איך מסירים אותי? | די',
    reply: 'לא תודה | לא מעוניין | מי זה? | כן | כמה זה עולה?',
    back: 'כן | התחל | הצטרף',
    help: 'עזרה',
  },
  hi: {
    out: 'बंद करो | कृपया बंद करें | बंद | मैसेज मत भेजो | स्टॉप | मेरा नंबर हटाओ | रोको',
    review: 'गलत नंबर | मुझे परेशान मत करो | कैसे बंद करें? | मुझे अकेला छोड़ दो',
    reply: 'नहीं धन्यवाद | कौन बोल रहा है? | कितने का है? | हाँ | दुकान बंद है',
    back: 'हाँ | हां | शुरू करें',
    help: 'मदद | सहायता',
  },
};
const KINDS = { out: 'opt_out', review: 'review', reply: 'reply', back: 'opt_in', help: 'help' } as const;

const rows = Object.entries(TEXTS).flatMap(([language, texts]) =>
  Object.entries(texts).flatMap(([sort, list]) =>
    list
      .split(' | ')
      .map((text) => ({ language, text, kind: KINDS[sort as keyof typeof KINDS], suppressedBefore: sort === 'back' })),
  ),
);

describe('judgeReply, in each language', () => {
  it.each(rows)('$language: $text is $kind', ({ language, text, kind, suppressedBefore }) => {
    expect(judgeReply({ text, languages: [language], suppressedBefore })).toMatchObject({ kind });
  });

  it('has texts of every language', () => expect(Object.keys(TEXTS)).toEqual(LANGUAGES.map(({ code }) => code)));

  it.each([
    'fin',
    'alto',
    'pare',
    'halt',
    'slut',
    'ret',
    'ende',
    'fim',
    'basta',
    'stoppen',
    'peru',
    'dur',
    'seis',
    'td',
    'Schluss',
  ])('takes %j for an ordinary word where only English is spoken', (text) =>
    expect(judgeReply({ text, languages: ['en'] }).kind).not.toBe('opt_out'),
  );

  it.each([
    'ARRET',
    'BAJA',
    '退订',
    'הסר',
    'отписаться',
    'abmelden',
    'afmelden',
    'odhlásit',
    'stopp',
    '수신거부',
    'توقف',
    'διαγραφή',
  ])('takes %j for an opt-out everywhere', (text) =>
    expect(judgeReply({ text, languages: ['en'] })).toMatchObject({ kind: 'opt_out' }),
  );

  it('says which word it was, of a language that is spoken where several have it', () => {
    expect(judgeReply({ text: 'Stop!', languages: ['fr'] })).toEqual({ kind: 'opt_out', word: 'stop', language: 'fr' });
    expect(judgeReply({ text: 'Stop!', languages: [] })).toEqual({ kind: 'opt_out', word: 'stop', language: 'en' });
    expect(judgeReply({ text: 'Bitte ABMELDEN', languages: ['en'] })).toEqual({
      kind: 'opt_out',
      word: 'abmelden',
      language: 'de',
    });
  });

  it('takes languages as leads have them', () => {
    for (const language of ['es', 'es-MX', 'Spanish', 'ES_mx', ' spanish ']) {
      expect(judgeReply({ text: 'alto', languages: ['en', language] }).kind).toBe('opt_out');
    }
    expect(judgeReply({ text: 'annuler', languages: ['fr-CA'] }).kind).toBe('opt_out');
  });
});
