import { listed } from './phrases';

/**
 * What mail systems say when they refuse or give up, by what it means: the replies that Postfix, Exim,
 * Sendmail, qmail, Courier, OpenSMTPD, Exchange, Domino and the large providers give, by their manuals and
 * postmaster pages, and RFC 3463, 5321, 7504 and 7505. Phrases are folded; a star stands for the rest of a
 * word, or for up to three words.
 */

/** The address does not exist, or has moved. */
export const UNKNOWN_RECIPIENT = listed(`
  # Postfix, Sendmail, qmail, Courier, Exim
  user unknown | unknown user | unknown recipient | recipient unknown | unknown local part | unknown local-part |
  unknown mailbox | mailbox unknown | unknown address | address unknown | unknown account | account unknown |
  unknown or illegal alias | unknown or illegal user | unknown alias | unknown local user | unknown virtual user |
  no such user | no such users | no such local user | no such virtual user | no such recipient | no such mailbox |
  no such account | no such address | no such person | no such addressee | no such email | no such name |
  no mailbox here by that name | no mailbox by that name | no mailbox found | there is no one at this address |
  there is no such user | no account by that name | not our customer | this user doesn't have a * account |
  doesn't have a * account | does not have a * account | delivery to nonexistent user | nonexistent mailbox |
  non-existent mailbox | nonexistent user | non-existent user | nonexistent recipient | non-existent recipient |
  nonexistent address | non-existent address | nonexistent email address | non-existent email address |
  user does not exist | user doesn't exist | user * does not exist | user * doesn't exist | mailbox does not exist |
  mailbox doesn't exist | mailbox * does not exist | account does not exist | account doesn't exist |
  account * does not exist | account that you tried to reach does not exist | recipient does not exist |
  recipient doesn't exist | recipient * does not exist | address does not exist | address doesn't exist |
  address * does not exist | address * doesn't exist | alias does not exist | email account does not exist |
  does not exist at this domain | does not exist here | doesn't exist here | person does not exist | user not found |
  users not found | user * not found | recipient not found | recipient * not found | mailbox not found |
  mailbox * not found | account not found | address not found | address * not found | email address not found |
  user was not found | not found in * directory | user is not found | user could not be found |
  recipient could not be found | mailbox could not be found | couldn't be found | address couldn't be found |
  address could not be found | wasn't found at | was not found at | not found by smtp address lookup | invalid recipient |
  invalid recipients | invalid mailbox | invalid user | invalid local address | invalid address |
  bad destination mailbox | bad destination mailbox address | illegal user | illegal alias | undeliverable address |
  address is not valid | not a valid mailbox | not a valid user | not a valid recipient | is not a known user |
  not a local user | is not a local user | user invalid | mailbox invalid | recipient invalid | no longer at this |
  no longer works here | user has left | user has moved | mailbox has moved | address has changed |
  destination mailbox has moved |
  # Exchange, Domino, GroupWise
  recipnotfound | recipientnotfound* | exrecipnotfound | recipient name is not recognized |
  not listed in domino directory | not listed in public name & address book | not listed in * directory |
  not listed in * address book | unknown to address | the e-mail account does not exist at the organization |
  the email address you entered couldn't be found | mailbox unavailable or does not exist |
  # Yahoo, mail.ru, QQ, 163, Naver
  user not exist | mailbox not exist | no such user here | message was not accepted -- invalid mailbox |
  # German
  unbekannter empfanger | unbekannter benutzer | empfanger unbekannt | benutzer unbekannt | adresse unbekannt |
  postfach existiert nicht | empfanger existiert nicht | adresse existiert nicht | benutzer existiert nicht |
  empfanger wurde nicht gefunden | kein solcher benutzer | empfangeradresse wurde nicht gefunden |
  e-mail-adresse wurde nicht gefunden | ungultige empfangeradresse | ungultiger empfanger |
  # French
  utilisateur inconnu | destinataire inconnu | adresse inconnue | boite aux lettres inconnue | destinataire invalide |
  compte inexistant | adresse inexistante | l'adresse n'existe pas | n'existe pas dans |
  adresse d au moins un destinataire invalide | destinataire introuvable | adresse introuvable |
  utilisateur n'existe pas |
  # Spanish, Portuguese, Italian
  usuario desconocido | usuario no existe | destinatario desconocido | buzon no existe | el buzon no existe |
  la direccion no existe | cuenta no existe | usuario inexistente | no se ha encontrado la direccion |
  usuario desconhecido | destinatario desconhecido | destinatario inexistente | conta inexistente |
  caixa postal inexistente | usuario nao existe | endereco nao encontrado | utente sconosciuto |
  destinatario sconosciuto | indirizzo inesistente | casella inesistente | utente inesistente | l'indirizzo non esiste |
  la casella non esiste | non sono riuscito a trovare l'indirizzo | indirizzo non trovato |
  # Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech
  onbekende gebruiker | gebruiker onbekend | onbekende ontvanger | gebruiker bestaat niet | adres bestaat niet |
  okand anvandare | okand mottagare | anvandaren finns inte | adressen finns inte | ukendt bruger | ukendt modtager |
  brugeren findes ikke | ukjent bruker | ukjent mottaker | kayttajaa ei loydy | tuntematon kayttaja |
  tuntematon vastaanottaja | nieznany uzytkownik | nieznany odbiorca | uzytkownik nie istnieje | adres nie istnieje |
  konto nie istnieje | nie ma takiego uzytkownika | neznamy uzivatel | neznamy prijemce | uzivatel neexistuje |
  adresa neexistuje |
  # Russian, Ukrainian, Greek, Turkish
  пользователь не найден | нет такого пользователя | такого пользователя нет | пользователь не существует |
  адресат не найден | получатель не найден | неизвестный пользователь | неизвестный получатель | несуществующий адрес |
  адрес не существует | ящик не существует | такого адреса не существует | почтовый ящик не найден |
  користувача не знайдено | адреса не існує | αγνωστος χρηστης | bilinmeyen kullanici | boyle bir kullanici yok |
  kullanici bulunamadi |
  # Japanese, Chinese, Korean
  ユーザーが見つかりません | ユーザが見つかりません | 宛先が見つかりません | メールアドレスが存在しません | アドレスは存在しません | 存在しないメールアドレス | 宛先不明 | ユーザーが存在しません | 该用户不存在 |
  用户不存在 | 收件人不存在 | 邮箱不存在 | 邮件地址不存在 | 地址不存在 | 收件人邮件地址不存在 | 使用者不存在 | 信箱不存在 | 존재하지 않는 사용자 | 존재하지 않는 메일 | 수신자를 찾을 수 없 |
  사용자를 찾을 수 없
`);

/** Nobody takes mail for the domain. */
export const UNKNOWN_DOMAIN = listed(`
  host unknown | unknown host | host not found | domain not found | no such domain | domain does not exist |
  domain doesn't exist | domain * does not exist | domain name not found | domain unknown | unknown domain |
  non-existent domain | nonexistent domain | nxdomain | invalid domain | bad destination system address | illegal host |
  bad destination system | no such host | host does not exist | couldn't find any host | couldn't find any host named |
  unrouteable mail domain | unrouteable address | unroutable address | unrouteable domain | unroutable domain |
  all relevant mx records point to non-existent hosts | null mx | nullmx | domain does not accept mail |
  domain accepts no mail | does not accept mail | recipient domain has null mx | no mx record found for domain |
  no mail server for | no dns entry for | dns error: dns type * responded with code nxdomain |
  domain name could not be resolved | domane existiert nicht | domaine inconnu | domaine n'existe pas |
  dominio no existe | el dominio no existe | dominio inexistente | il dominio non esiste | domein bestaat niet |
  домен не существует | домен не найден | ドメインが見つかりません | ドメインが存在しません | 域名不存在 | 找不到域 | 도메인을 찾을 수 없
`);

/** The account is there, but closed. */
export const CLOSED = listed(`
  disabled | deactivated | inactive | suspended | discontinued | account closed | account is closed |
  account has been closed | mailbox closed | no longer active | not active | expired account | account expired |
  is locked | account is frozen | account inactive | deaktiviert | gesperrt | desactive | desactivado | desativada |
  disattivato | zablokowane | заблокирован | отключен | 無効 | 停用 | 冻结
`);

/** The mailbox, or its disk, is full. */
export const FULL = listed(`
  mailbox full | mailbox is full | mailbox * is full | mailbox over quota | mail box full | inbox is full | inbox full |
  is full | over quota | overquota | quota | quota exceeded | exceeded storage | exceeded its storage |
  storage allocation | out of storage | insufficient storage | insufficient system storage | insufficient disk space |
  disk full | disk quota* | no space left | not enough space | too full | mailfolder is full | maildir over |
  exceed mailbox | mailbox size | mailbox exceeds | exceeds the size | account is full | storage limit | postfach voll |
  postfach ist voll | speicherplatz | boite pleine | boite aux lettres pleine | boite * pleine | espace insuffisant |
  buzon lleno | buzon esta lleno | bandeja llena | caixa cheia | caixa postal cheia | caixa de correio cheia |
  casella piena | casella e piena | postbus vol | mailbox vol | brevladan ar full | postkassen er fuld | skrzynka pelna |
  skrzynka jest pelna | schranka je plna | postilaatikko on taynna | переполнен* | превышена квота | ящик полон |
  переповнен* | 容量を超え | 容量オーバー | メールボックスがいっぱい | 邮箱已满 | 空间不足 | 容量已满 | 信箱已滿 | 용량 초과 | 메일함이 가득
`);

/** The sender, its server, its reputation or what it wrote is not wanted. */
export const REFUSED = listed(`
  # spam, lists, reputation
  spam* | antispam* | anti-spam* | junk | unsolicited | bulk | phish* | virus* | malware | malicious | block | blocked |
  blocking | blocks | blocklist* | blacklist* | black list* | black-list* | blocked list | denylist* | blackhole* |
  banned | banning | rbl | dnsbl | rblsmtpd | spamhaus* | spamcop* | barracuda* | sorbs* | uceprotect* | abuseat |
  proofpoint* | cloudmark* | senderbase* | senderscore* | trendmicro* | mailspike | invaluement | surbl* | uribl* |
  reputation* | suspicious* | suspect* | abuse* | abusive | complaint* | listed at | listed in rbl | delist* | unlist* |
  whitelist* | allowlist* | safe list | bad reputation | spoof* | impersonat* | fraud* | scam | forged | forgery |
  quarantine* | filter | filtered | filtering | content filter | poor reputation | untrusted | not trusted |
  # policy and rights
  policy | policies | access denied | denied | deny | denies | denied by | forbidden | prohibit* |
  administrative prohibition | administratively | not allowed | isn't allowed | not permitted | not authorized |
  not authorised | unauthorized | unauthorised | notauthorized | permission | restricted | restriction* | disallowed |
  not accepting mail from | does not accept mail from | don't accept mail from | not accept * from | refused | refuses |
  refuse | not welcome | unwelcome | relay access denied | unable to relay | relay not permitted | we do not relay |
  client host | rejected by policy | rule | rules | security | transport rule | dbeb | only accepts | members only |
  must be authenticated |
  # who the sender is
  authenticat* | spf | dkim | dmarc | arc | ptr | reverse dns | rdns | reverse lookup | fcrdns | helo | ehlo | sender |
  senders | mail from | mailfrom | envelope from | return path | return-path | from address | from header |
  domain of sender | ip address | sending ip | your ip | your server | your host | your domain | your network | your isp |
  dynamic ip | starttls | tls | encryption | certificate | backscatter | bounce address | return address |
  # what was written
  content | content rejected | attachment* | header | headers | 8-bit | 8bit | message size | message too large |
  message too big | too large | too big | size limit | maximum size | exceeds maximum | exceeds the maximum |
  exceeds size | urls | links | malformed | syntax error | rfc 5322 | rfc5322 | rfc 2822 | duplicate | loop | loops |
  loops back | looping | too many hops | hop count | mail loop | too many received | spamassassin | score | rejected for |
  rejected due to | rejected because |
  # other languages
  blockiert | abgelehnt | richtlinie* | verweigert | nicht erlaubt | unerwunscht* | bloque | bloquee | refuse par |
  politique | non autorise* | interdit* | bloqueado | bloqueada | rechazado | denegado | politica | politicas |
  no permitido | recusado | negado | nao permitido | bloccato | rifiutato | criteri | non consentito | geweigerd |
  geblokkeerd | nekad | blockerad | afvist | odrzucon* | zablokowan* | odmitnut* | спам* | заблокирован* | отклонен* |
  запрещен* | политик* | отказано | スパム | 迷惑メール | 拒否 | ブロック | ポリシー | 垃圾邮件 | 拒绝 | 被拒 | 拒收 | 黑名单 | 屏蔽 | 攔截 | 스팸 | 차단 | 거부 |
  relaying denied | relay denied | relaying not allowed | relaying not permitted | relaying prohibited | is listed |
  was listed | currently listed | listed by | listed on
`);

/** Later may be better: rates, greylists, networks, waiting for too long. */
export const LATER = listed(`
  temporar* | try again later | try later | try again in | retry later | please retry | retry timeout |
  retry time not reached | greylist* | graylist* | grey list* | grey-list* | gray-list* | deferred | deferring |
  rate limit* | ratelimit* | rate-limit* | at a rate | sending rate | frequency | frequency limited | throttl* |
  too many | too fast | too much mail | too quickly | limit exceeded | exceeds limit | exceeded limit | limit reached |
  daily limit | hourly limit | concurrent | concurrency | max connections | connection limit | connections from | busy |
  overload* | resources | timed out | timeout | time out | time-out | expired | message expired | queue too long |
  in the queue too long | too long in queue | too old | could not be delivered for | connection refused |
  connection reset | connection lost | connection dropped | lost connection | connection closed | closed connection |
  no route to host | network is unreachable | unreachable | network error | connection timed out |
  connection attempt failed | cannot connect | couldn't connect | could not connect | failed to connect |
  unable to connect | not responding | no answer from host | no response | bad connection |
  wasn't able to establish an smtp connection | host lookup did not complete | lookup failed | lookup failure | servfail |
  name server timeout | dns timeout | maintenance | service unavailable | service not available | system error |
  internal error | server error | configuration error | local error | i/o error | currently unavailable | mailbox busy |
  in use | is receiving mail too quickly | delivery time expired | unable to deliver this message after | spater |
  vorubergehend* | zeituberschreitung | zu viele | plus tard | temporairement | delai | trop de | mas tarde | temporal* |
  demasiad* | mais tarde | piu tardi | temporanea* | troppi | troppe | tijdelijk | te veel | tillfallig* | midlertidig* |
  tymczasow* | docasn* | временн* | позже | тайм-аут | слишком | 一時的 | 時間切れ | タイムアウト | 超时 | 稍后 | 暂时 | 频率 | 일시적 | 시간 초과 |
  host not found, try again | temporarily unavailable | ip * limited | system load | load average
`);
