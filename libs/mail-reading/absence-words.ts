import { listed } from './phrases';

/** How subjects of automatic answers begin. */
export const ABSENCE_SUBJECTS = listed(`
  # English
  automatic reply | automatic response | automated reply | automated response | automatic answer | auto reply |
  auto-reply | autoreply | auto response | auto-response | autoresponse | auto responder | autoresponder | auto answer |
  auto-answer | out of office | out-of-office | out of the office | out of my office | i am out of office |
  i am out of the office | i'm out of the office | i'm out of office | i am currently out of the office |
  currently out of the office | currently out of office | away from my mail | away from the office | away from my desk |
  away from office | away until | i am away | i'm away | on annual leave | on maternity leave | on paternity leave |
  on parental leave | vacation reply | vacation response | vacation notice | vacation message | holiday message |
  holiday reply | holiday notice | absence notice | not in the office | not at work | thank you for contacting |
  thanks for contacting | thank you for your enquiry | thank you for your inquiry | we have received your |
  we received your | your message has been received | your email has been received | your request has been received |
  your enquiry has been received | acknowledgement of receipt | acknowledgment of receipt | acknowledgement: |
  ticket received | request received | confirmation of receipt |
  # German
  abwesenheitsnotiz | abwesenheitsnachricht | abwesenheitsmeldung | abwesenheitsassistent | abwesenheitsagent |
  automatische antwort | automatische antwortnachricht | automatische ruckantwort | automatische abwesenheitsnotiz |
  autoantwort | auto-antwort | nicht im buro | nicht im hause | ich bin nicht im buro | ich bin im urlaub |
  ich bin abwesend | urlaubsbedingt | urlaubsnotiz | urlaubsvertretung | ausser haus | eingangsbestatigung |
  empfangsbestatigung | vielen dank fur ihre anfrage | ihre nachricht ist eingegangen | ihre anfrage ist eingegangen |
  # French
  reponse automatique | reponse auto | message automatique | absence du bureau | absent du bureau | absente du bureau |
  absent(e) du bureau | notification d'absence | avis d'absence | message d'absence | je suis absent | je suis absente |
  je suis en conge | hors du bureau | hors bureau | accuse de reception | nous avons bien recu |
  votre message a bien ete recu |
  # Spanish, Catalan, Portuguese, Galician
  respuesta automatica | respuesta de vacaciones | fuera de la oficina | fuera de oficina | mensaje automatico |
  estoy fuera de la oficina | estoy de vacaciones | ausencia de la oficina | aviso de ausencia | acuse de recibo |
  hemos recibido su | resposta automatica | resposta automatizada | fora da oficina | fora de l'oficina |
  estic de vacances | fora do escritorio | ausencia do escritorio | ausencia temporaria | ausente do escritorio |
  estou ausente | estou de ferias | mensagem automatica | recebemos a sua | recebemos sua |
  # Italian
  risposta automatica | fuori sede | fuori ufficio | fuori dall'ufficio | assenza dall'ufficio | sono in ferie |
  sono fuori ufficio | messaggio automatico | conferma di ricezione |
  # Dutch
  automatisch antwoord | automatische reactie | automatische antwoord | auto-antwoord | afwezigheidsbericht |
  afwezigheidsmelding | niet aanwezig | niet op kantoor | buiten kantoor | ik ben afwezig | ik ben op vakantie |
  ontvangstbevestiging |
  # Swedish, Danish, Norwegian, Finnish, Icelandic, Estonian
  autosvar | automatiskt svar | automatisk svar | automatsvar | franvaromeddelande | ej pa kontoret | inte pa kontoret |
  jag ar pa semester | automatisk besvarelse | fravaersbesked | fravaersmelding | ikke pa kontoret | ikke til stede |
  jeg er pa ferie | automaattinen vastaus | automaattivastaus | poissaoloilmoitus | poissa toimistolta | olen lomalla |
  sjalfvirkt svar | automaatvastus | eemal kontorist |
  # Polish, Czech, Slovak, Hungarian, Romanian, Slovenian, Croatian, Serbian, Bulgarian, Lithuanian, Latvian
  automatyczna odpowiedz | odpowiedz automatyczna | autoodpowiedz | poza biurem | nieobecnosc w biurze |
  jestem na urlopie | automaticka odpoved | mimo kancelar | nepritomnost v kancelarii | automatikus valasz |
  automatikus valaszuzenet | hazon kivul | nem vagyok az irodaban | raspuns automat | in afara biroului |
  absent din birou | samodejni odgovor | automatski odgovor | izvan ureda | na godisnjem | аутоматски одговор |
  автоматичен отговор | извън офиса | automatinis atsakymas | automatiska atbilde | arpus biroja | atvalinajuma |
  # Russian, Ukrainian, Greek, Turkish
  автоматический ответ | автоответ | автоответчик | автоматическое сообщение | вне офиса | нет на месте |
  отсутствие на рабочем месте | я в отпуске | автоматична вiдповiдь | автоматична відповідь | автовідповідь |
  поза офісом | у відпустці | αυτοματη απαντηση | εκτος γραφειου | otomatik yanit | otomatik cevap | ofis disinda |
  ofis disi | ofiste degil | izindeyim | tatildeyim |
  # Hebrew, Arabic, Hindi, Thai, Vietnamese, Indonesian
  תשובה אוטומטית | מענה אוטומטי | מחוץ למשרד | הודעת היעדרות | رد تلقائي | الرد التلقائي | خارج المكتب | स्वचालित उत्तर |
  การตอบกลับอัตโนมัติ | ตอบกลับอัตโนมัติ | ไม่อยู่ที่สำนักงาน | tra loi tu dong | tu dong tra loi | vang mat |
  balasan otomatis | jawaban otomatis | di luar kantor | di luar pejabat |
  # Japanese, Chinese, Korean
  自動応答 | 自動返信 | 自動回答 | 不在通知 | 不在のお知らせ | 外出中 | 受付完了 | 自动回复 | 自动答复 | 自动应答 | 自動回覆 | 自動回復 | 不在办公室 | 자동 응답 | 자동응답 | 자동 회신 |
  자동회신 | 부재 중
`);

/** Words that say it where they are the whole subject, or where a date or a sign follows. */
export const ABSENCE_WORDS = listed(`
  absence | absent | vacation | annual leave | on leave | ooo | oof | abwesenheit | urlaub | im urlaub | conges |
  en conge | en conges | en vacances | ausencia | ausente | vacaciones | de vacaciones | ferias | de ferias | em ferias |
  assenza | assente | in ferie | afwezig | afwezigheid | op vakantie | met vakantie | franvaro | franvarande | semester |
  pa semester | fravaer | fravaerende | ferie | pa ferie | poissa | lomalla | nieobecnosc | nieobecny | urlop |
  na urlopie | nepritomnost | dovolena | na dovolene | dovolenka | szabadsag | szabadsagon | in concediu | odsotnost |
  odsoten | odsutnost | отсъствие | atostogos | отпуск | в отпуске | отсутствую | απουσια | on vacation | on holiday |
  不在 | 休暇 | 外出 | 休假 | 假期 | 부재중 | 휴가
`);

/** The same, where they stand at the end of a subject or in brackets: "Ann Lind is out of the office". */
export const ABSENCE_PHRASES = listed(`
  out of office reply | out of office autoreply | out of office auto-reply | out of office message |
  out of office notification | is out of the office | is out of office | (out of office) | [out of office] | (autoreply) |
  [autoreply] | [auto-reply] | (auto-reply) | [auto reply] | (automatic reply) | [automatic reply] |
  (automatische antwort) | [automatische antwort] | (autosvar) | is on vacation | is away | ist nicht im buro |
  ist im urlaub | ist abwesend | est absent | est absente | esta fuera de la oficina | e fuori ufficio |
  will be out of the office | i will be out of the office | i'll be out of the office | on vacation until | away until |
  out until | back on | im urlaub bis | nicht im buro bis | abwesend bis | absent jusqu'au | en conges jusqu'au |
  fuera de la oficina hasta | ausente hasta | em ferias ate | ausente ate | in ferie fino | afwezig tot |
  op vakantie tot | pa semester till | pa ferie til
`);
