import { listed } from './phrases';

/** Who sends reports: the part before the @, or the name. */
export const SYSTEM_SENDERS = listed(`
  mailer-daemon | mailerdaemon | mailer_daemon | mailer daemon | mail-daemon | maildaemon | mdaemon | postmaster |
  post master | mail delivery subsystem | mail delivery system | mail delivery service | mail delivery |
  internet mail delivery | mail system | mail administrator | system administrator | administrator of mail | bounce |
  bounces | bounce-handler | delivery-notification | delivery notification | delivery-status | mail-delivery |
  mailsystem | mail-system | microsoftexchange* | microsoft outlook | exchange system | smtp daemon |
  systemadministrator | systemadministratorn | nondelivery | ndr | mailadmin | content-filter | mmdf | daemon |
  mail router | mail gateway | email gateway | gateway administrator
`);

/** What a report that a mail did not arrive says of itself, in its subject or its first lines. */
export const FAILURE_NOTICES = listed(`
  # subjects
  undelivered mail returned to sender | undeliverable mail | undeliverable message | undeliverable | undelivered |
  undelivered message | undelivered mail | returned mail | returned mail: see transcript for details |
  mail delivery failed | mail delivery failure | mail delivery problem | mail delivery error | delivery failure |
  delivery failed | delivery has failed | delivery status notification | delivery status notification (failure) |
  delivery notification | delivery report | delivery problem | failure notice | failed mail | failed delivery |
  failure delivery | failed to deliver | message delivery failure | mail could not be delivered |
  mail system error - returned mail | mail failure | mail error | non delivery notification | non-delivery notification |
  non-delivery report | nondeliverable mail | non-deliverable | nondelivery report | returned to sender |
  returning message to sender | returning mail to sender | message returned | message undeliverable |
  message not delivered | message delivery error | message status - undeliverable | unable to deliver mail |
  unable to deliver | unable to deliver message | could not send message | could not be delivered | could not deliver |
  there was an error sending your mail | error sending your mail | notice: mail delivery status | warning: message |
  error: your message | email delivery failure | email delivery failed | e-mail delivery failure | email not delivered |
  user unknown | unknown user | rejected mail | bounced mail |
  # first lines
  did not reach the following recipient | did not reach the following recipients | was not delivered to |
  were not delivered to | wasn't delivered to | couldn't be delivered | cannot be delivered | could not be delivered to |
  not able to be delivered | wasn't able to deliver your message | unable to deliver your message | was undeliverable |
  had permanent fatal errors | following address failed | following addresses failed | following address(es) failed |
  following recipients failed | following recipient failed | delivery to the following recipient failed |
  delivery to the following recipients failed | delivery to the following recipient |
  your message to the following recipients cannot be delivered | failed permanently | this is a permanent error |
  we had trouble delivering your message | an error occurred while trying to deliver |
  an error has occurred while attempting to deliver | your mail was not delivered | your email was not delivered |
  message that you sent could not be delivered | message you sent could not be delivered |
  mail you sent could not be delivered | has not been delivered | have not been delivered |
  recipients of this message could not be reached | the following recipients could not be reached |
  i'm afraid i wasn't able | sorry, we were unable to deliver | the following organization rejected your message |
  rejected your message | the message was not relayed to |
  # German
  unzustellbar | unzustellbare nachricht | unzustellbare mail | nicht zustellbar | nicht zustellbare nachricht |
  konnte nicht zugestellt werden | konnten nicht zugestellt werden | nachricht konnte nicht zugestellt werden |
  zustellung fehlgeschlagen | fehler bei der zustellung | nachricht nicht zugestellt | ruckmeldung: | zustellfehler |
  e-mail nicht zugestellt |
  # French
  non remis | echec de la remise | echec de remise | echec de distribution | echec de la distribution |
  message non distribue | courrier non distribue | n'a pas pu etre remis | n'a pas pu etre delivre |
  n'a pas pu etre distribue | n'a pas ete remis | n'a pas ete delivre | retour a l'expediteur | non distribuable |
  # Spanish, Portuguese, Italian
  no se puede entregar | no se pudo entregar | no se ha podido entregar | no entregado | no ha podido ser entregado |
  error de entrega | fallo en la entrega | mensaje devuelto | correo devuelto | devuelto al remitente |
  nao e possivel entregar | nao entregue | nao pode ser entregue | nao foi possivel entregar | nao foi entregue |
  falha na entrega | falha de entrega | mensagem devolvida | devolvido ao remetente | non recapitabile |
  recapito non riuscito | mancato recapito | impossibile recapitare | impossibile consegnare | mancata consegna |
  consegna fallita | non e stato recapitato | non e stato possibile recapitare | non e stato possibile consegnare |
  # Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Hungarian, Romanian
  onbestelbaar | niet bezorgd | niet afgeleverd | kon niet worden bezorgd | kon niet worden afgeleverd |
  kan niet worden bezorgd | bezorging mislukt | kunde inte levereras | olevererbart | kan inte levereras |
  kunne ikke leveres | kan ikke leveres | kan ikke afleveres | ikke leveret | ikke levert | ei voitu toimittaa |
  ei voida toimittaa | toimitus epaonnistui | niedostarczalna | niedostarczona | niedostarczono | nie mozna dostarczyc |
  nie zostala dostarczona | nie mogla zostac dostarczona | nedorucitelne | nedoruceno | nelze dorucit |
  nepodarilo se dorucit | nem kezbesitheto | kezbesitesi hiba | nelivrabil | nu a putut fi livrat |
  # Russian, Ukrainian, Greek, Turkish
  недоставленное сообщение | не доставлено | ваше сообщение не доставлено | не может быть доставлено |
  не удалось доставить | не доставлена | не удалась доставка | невозможно доставить | ошибка доставки |
  не было доставлено | недоставлене | не вдалося доставити | δεν παραδοθηκε | αδυναμια παραδοσης | teslim edilemedi |
  iletilemedi | teslim edilemeyen |
  # Japanese, Chinese, Korean
  配信不能 | 配信できませんでした | 送信できませんでした | 配送できませんでした | 配達できませんでした | 送信に失敗 | 配信に失敗 | 送信エラー | エラーメール | メールエラー通知 | 未配信 | お届けできませんでした | 退信 |
  系统退信 | 无法送达 | 无法投递 | 未送达 | 投递失败 | 无法发送到 | 退回 | 無法傳遞 | 無法送達 | 退信通知 | 배달되지 않음 | 배달할 수 없 | 전송 실패 | 발송 실패 | 반송 | 전달되지 못
`);

/** A mail that waits: the system goes on trying. */
export const DELAY_NOTICES = listed(`
  delivery status notification (delay) | delivery has been delayed | has been delayed | have been delayed | is delayed |
  delivery delayed | delivery delay | delayed mail | mail delivery delayed | message delayed | message delivery delayed |
  delivery is delayed | warning message only | warning only | do not need to resend | still being retried |
  will be retried | will continue to try | will keep trying | will try again | continue trying to deliver |
  keep trying to deliver | not yet been delivered | has not yet been | still undelivered | not been delivered yet |
  delayed by more than | temporary problem delivering | no action is required on your part |
  delivery attempts will continue | could not send message for past | your message has been enqueued and undeliverable |
  temporarily undeliverable | delivery is still being attempted | verzogert | wird weiter versucht |
  verzogerte zustellung | zustellung verzogert | remise differee | remise retardee | retarde | a ete retarde |
  se ha retrasado | entrega retrasada | entrega atrasada | atraso na entrega | recapito ritardato | ritardo nel recapito |
  ritardata | vertraagd | forsenad | forsinket | opoznion* | opozneni* | odlozen* | задержка доставки |
  доставка задерживается | отложена | отложено | 配信遅延 | 配信が遅れ | 遅延 | 延迟 | 暂时无法 | 지연
`);

/** It does not go on, whatever else is said. */
export const GIVEN_UP = listed(`
  failed permanently | permanent error | permanent fatal errors | i've given up | giving up on |
  i'm not going to try again | gave up | given up | will not be retried | no further attempts | retry timeout exceeded |
  message expired | has expired | delivery time expired | too long in queue | queue too long | is being returned |
  was returned
`);

/** Behind such a line stands the mail that came back. */
export const COPY_MARKERS = listed(`
  below this line is a copy of the message | this is a copy of the message | this is a copy of your message |
  below is a copy of the original message | copy of the original message | original message follows |
  original message header | original message headers | original message | original-message | message headers follow |
  returned message below | unsent message below | unsent message follows | original message header follows |
  header of your message | included message | included is a copy of the message header |
  the body of your original message | the original message was | your original message | message header follows |
  the following is the original message | received headers follow | text of your message | begin message |
  header of original message | headers of the original message | original headers | mail header | message text follows |
  ursprungliche nachricht | nachrichtentext | message d'origine | message original | mensaje original |
  mensagem original | messaggio originale | oorspronkelijk bericht | исходное сообщение | оригинал сообщения | 元のメール |
  元のメッセージ | 原始邮件 | 原邮件 | 원본 메일
`);
