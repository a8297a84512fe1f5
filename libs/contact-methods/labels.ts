/** What people write beside a number or an address to say which one it is, in lower case. */
const LABELS: ReadonlySet<string> = new Set([
  ...['home', 'work', 'office', 'business', 'private', 'personal', 'main', 'other', 'direct', 'desk', 'primary', 'secondary'],
  ...['cell', 'cellular', 'mobile', 'mob', 'phone', 'tel', 'telephone', 'fax', 'pager', 'voice', 'switchboard', 'reception'],
  ...['email', 'e-mail', 'mail', 'whatsapp', 'imessage', 'sms', 'old', 'new'],
  ...['privat', 'geschäftlich', 'dienstlich', 'beruflich', 'mobil', 'handy', 'büro', 'arbeit', 'zentrale'],
  ...['bureau', 'domicile', 'maison', 'travail', 'portable', 'personnel'],
  ...['casa', 'trabajo', 'trabalho', 'oficina', 'móvil', 'movil', 'celular', 'pessoal', 'lavoro', 'ufficio', 'cellulare'],
  ...['thuis', 'werk', 'kantoor', 'mobiel', 'privé'],
]);

export const isLabel = (word: string): boolean => LABELS.has(word.toLowerCase());
