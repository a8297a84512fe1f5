import { listed } from './phrases';

/*
 * How mail programs announce the mail that is answered. Forms of Gmail, Apple Mail, Outlook, Outlook on the
 * web, Thunderbird, Yahoo, GMX, mail.ru, Yandex, Proton and Android programs in their languages.
 */

/** "… wrote:" at the end of a line or between its name and its date. */
export const WROTE = listed(`
  wrote | writes | has written | schrieb | schrieben | hat geschrieben | geschrieben | schrieb am | a ecrit | ecrit |
  a ecrit le | ecrivait | escribio | ha escrito | escribe | va escriure | ha escrit | escreveu | ha scritto | scrive |
  scrisse | schreef | geschreven | schreef op | het volgende geschreven | skrev | skrev foljande | skrev den | napisal |
  napisala | napisal(a) | napisal/a | napisał(a) | napise | pisze | napsal | napsala | napsal(a) | napisal uzivatel |
  je napisao | je napisala | je napisao/la | kirjoitti | kirjutas | kirjutas jargmist | rakstija | rase | parase | irta |
  ezt irta | a scris | scrie | yazdi | sunu yazdi | egrapse | εγραψε | написал | написала | написал(а) | писал | писала |
  пишет | пише | написав | написав(-ла) | написа | כתב | כתבה | כתב/ה | מאת | كتب | كتبت | تمت كتابة ما يلي بواسطة |
  เขียนว่า | เขียน | da viet | viet | menulis | menulis: | ने लिखा | 写道 | 寫道 | 寫到 | 写到 | のメール | は書きました | さんは書きました | 작성 |
  님이 작성 | 이(가) 작성 | 님이 쓴 글 | 이 작성함
`);

/** The labels above a mail that is answered: who, when, to whom, about what. */
export const FROM_LABELS = listed(`
  from | von | de | da | van | fran | fra | od | nadawca | odesilatel | odosielatel | felado | expeditor | de la |
  lahettaja | saatja | от | от кого | отправитель | від | від кого | απο | kimden | gonderen | מאת | من | จาก | tu |
  dari | pengirim | प्रेषक | 发件人 | 寄件者 | 寄件人 | 差出人 | 送信者 | 送信元 | 보낸 사람 | 보낸사람 | 발신 | expediteur | remitente | remetente |
  mittente | afzender | absender | avsandare | avsender | afsender
`);
export const DATE_LABELS = listed(`
  sent | date | sent at | gesendet | gesendet am | datum | envoye | envoye le | date d'envoi | enviado | enviado el |
  enviado em | enviada em | enviada | enviado a | fecha | data | data invio | inviato | inviato il | verzonden |
  verzonden op | skickat | skickat den | sendt | dato | wyslano | data wyslania | odeslano | odoslane | poslano |
  elkuldve | trimis | lahetetty | paivamaara | saadetud | отправлено | дата | послано | отправлен | надіслано |
  αποσταλθηκε | αποστολη | στάλθηκε | ημερομηνια | gonderildi | gonderme tarihi | tarih | נשלח | תאריך | تاريخ الإرسال |
  تم الإرسال | التاريخ | ส่ง | วันที่ | da gui | ngay | dikirim | tanggal | 发送时间 | 日期 | 寄件日期 | 傳送時間 | 寄件時間 | 时间 | 送信日時 |
  日時 | 日付 | 보낸 날짜 | 날짜 | 보낸시간 | 전송
`);
export const TO_LABELS = listed(`
  to | cc | bcc | reply-to | an | a | para | pour | aan | til | till | do | dla | komu | prijemce | cimzett | catre |
  vastaanottaja | kenelle | кому | копия | копія | προς | kime | alici | אל | עבור | إلى | ถึง | den | kepada | 收件人 | 抄送 |
  收件者 | 副本 | 宛先 | 받는 사람 | 받는사람 | 수신 | 참조 | kopie | copie | copia | kopia | kopi | dw | destinataire | destinatario |
  ontvanger | empfanger | antwort an | mottagare | modtager | mottaker
`);
export const SUBJECT_LABELS = listed(`
  subject | betreff | thema | objet | asunto | assunto | oggetto | onderwerp | amne | emne | temat | predmet | vec |
  targy | subiect | aihe | teema | тема | θεμα | konu | נושא | الموضوع | เรื่อง | chu de | subjek | perihal | 主题 | 主旨 |
  主題 | 件名 | 제목
`);

/** A line of its own between an answer and what is answered. */
export const DIVIDERS = listed(`
  original message | original mail | original email | original e-mail | original appointment | reply message |
  forwarded message | forwarded mail | begin forwarded message | forwarded by | ursprungliche nachricht |
  urspruengliche nachricht | originalnachricht | ursprungliche mail | originale nachricht | weitergeleitete nachricht |
  anfang der weitergeleiteten nachricht | message d'origine | message original | message initial | message transfere |
  debut du message reexpedie | mensaje original | mensaje reenviado | mensagem original | mensagem encaminhada |
  messaggio originale | messaggio inoltrato | oorspronkelijk bericht | doorgestuurd bericht | ursprungligt meddelande |
  originalmeddelande | vidarebefordrat meddelande | oprindelig meddelelse | oprindelig besked | ursprungligt mejl | original meddelelse | opprinnelig melding |
  original melding | alkuperainen viesti | edelleenlahetetty viesti | wiadomosc oryginalna | oryginalna wiadomosc |
  wiadomosc przekazana | puvodni zprava | povodna sprava | originalna poruka | izvirno sporocilo | eredeti uzenet |
  mesaj original | исходное сообщение | оригинальное сообщение | пересланное сообщение | пересылаемое сообщение |
  первоначальное сообщение | оригінальне повідомлення | αρχικο μηνυμα | orijinal ileti | orijinal mesaj | ozgun ileti |
  הודעה מקורית | الرسالة الأصلية | ข้อความต้นฉบับ | thu goc | pesan asli | 原始邮件 | 原始郵件 | 转发邮件 | 原邮件 | 元のメッセージ |
  オリジナルメッセージ | 元のメール | 転送メッセージ | 원본 메일 | 원본 메시지 | 원본메일
`);

/** How phones and mail programs sign. */
export const SIGNATURES = listed(`
  sent from my * | sent from * for * | sent from mail for windows | sent from outlook* | sent from yahoo* |
  sent from proton* | sent with proton* | sent via * | sent using * | sent on the go | sent from a mobile device |
  sent from typeapp* | sent from bluemail* | sent from gmail mobile | sent from mobile | sent from samsung* | sent from an * device | get outlook for * |
  get outlook for ios | get outlook for android | get bluemail * | yahoo mail: search, organize, conquer |
  sent by * for * | von meinem * gesendet | von meinem * gesendet. | von meinem iphone gesendet | gesendet von * |
  gesendet mit * | gesendet von mail fur windows | diese nachricht wurde von meinem * | vom handy gesendet |
  outlook fur ios * | holen sie sich outlook* | envoye de mon * | envoye depuis * | envoye a partir * | envoye avec * |
  envoye via * | telechargez outlook* | obtenez outlook* | obtenir outlook* | enviado desde * | enviado de * |
  enviado do * | enviado a partir * | enviado pelo * | enviado con * | enviado com * | enviado via * | obtener outlook* |
  obter o outlook* | inviato da * | inviato dal * | inviato con * | scarica outlook* | ottieni outlook* |
  verzonden vanaf * | verzonden van * | verstuurd vanaf * | verstuurd vanuit * | verzonden met * | outlook voor * |
  skickat fran * | skickad fran * | skickat via * | hamta outlook* | sendt fra * | sendt fra min * | hent outlook* |
  lahetetty * | hanki outlook* | wyslane z * | wyslano z * | wyslane z iphone'a | pobierz outlook* | odeslano z * |
  odesláno z * | odoslane z * | ziskejte outlook* | iphone-omrol kuldve | trimis de pe * | отправлено с * |
  отправлено из * | отправлено от * | надіслано з * | надіслано через * | скачать outlook* | σταλθηκε απο * |
  iphone'umdan gonderildi | iphone'dan gonderildi | נשלח מה* | נשלח מ* | أرسلت من * | مرسل من * | أُرسلت من * | ส่งจาก* |
  duoc gui tu * | dikirim dari * | 发自我的* | 從我的* | 傳送自我的* | 发送自* | 自我的* | 我的iphoneから送信 | iphoneから送信 | ipadから送信 |
  androidから送信 | スマートフォンから送信 | 내 iphone에서 보냄 | 나의 iphone에서 보냄 | iphone에서 보냄 | 갤럭시에서 보냈습니다 | mobil gesendet
`);
