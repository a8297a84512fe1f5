import { columnsOf, HEADER_ROWS } from './fixtures';
import { kindOfPhone, recogniseColumns } from './index';

/** What each column is recognised as, in the words of the fixtures. */
function recognised(names: readonly string[]): (string | null)[] {
  return recogniseColumns(names).map(({ meaning, field, of }) => {
    if (meaning === 'typeOf') return `type of ${names[of!]}`;
    return field ?? (meaning === 'phone' || meaning === 'email' ? 'more' : null);
  });
}

const fieldOf = (name: string) => recognised([name])[0];

describe('headers of real files', () => {
  it.each(HEADER_ROWS.map((row) => [row.product, row] as const))('%s', (_product, row) => {
    const columns = columnsOf(row);
    const found = recognised(columns.map(({ name }) => name));
    expect(columns.map(({ name }, index) => ({ name, expected: found[index] }))).toEqual(columns);
  });

  it('are of many products', () => {
    const products = new Set(HEADER_ROWS.map(({ product }) => product.split(', ')[0]));
    expect(HEADER_ROWS.length).toBeGreaterThanOrEqual(60);
    expect(products.size).toBeGreaterThanOrEqual(25);
    expect(new Set(HEADER_ROWS.map(({ product }) => product)).size).toBe(HEADER_ROWS.length);
    expect(HEADER_ROWS.filter(({ source }) => source === '')).toEqual([]);
  });

  it('have a column to reach somebody by, each', () => {
    const without = HEADER_ROWS.filter((row) => !columnsOf(row).some(({ expected }) => /^(phone|email)$/.test(expected ?? '')));
    expect(without).toEqual([]);
  });
});

describe('names of phones', () => {
  it.each(
    [
      'Phone|Phone No.|Phone No|Phone Number 1|Phone (Mobile)|Mobile No|Mobile Phone 1|Cell Number|Direct Line|Direct Phone',
      'Contact Number|Contact No|Contact Phone|WhatsApp|WhatsApp Number|Main Phone|Company Phone|Phone - Mobile|Phone Mobile',
      'Primary Phone Number|Telephone 1|Tel No|Person Phone|Lead Phone|Customer Phone|Business Phone 2|Home Phone 2|SMS',
      'SMS Phone Number|Phone Numbers|Phones|Phone Number (Primary)|Work Direct Phone|Corporate Phone|phoneno|PHONENO',
      'Verified Phone|Verified Mobile|Billing Address Phone|Phone (E.164)|phone_e164|Phone Number E.164|MSISDN|msisdn_1',
      'Person - Phone - Work|Phone 3 - Value|mobilePhoneNumber|MOBILEPHONE|cell_phone|Handynummer|Mobilfunknummer|Rufnummer',
      'Geschaeftstelefon|Telefon dienstlich|N° de téléphone|Numéro de portable|Teléfono móvil|Número de celular|Telemóvel',
      'Numero di cellulare|Mobiel nummer|Telefoonnummer zakelijk|Nº de teléfono|Accountant Phone|Your phone number, please',
    ].flatMap((names) => names.split('|')),
  )('%s', (name) => expect(fieldOf(name)).toBe('phone'));
});

describe('names of e-mails', () => {
  it.each(
    [
      'Email|E-Mail|e mail|Business Email|Corporate Email|Contact Email|Email (Work)|Email - Work|Email Work|Email Home',
      'E-mail 2 Address|E-mail 3 Address|E-mail 3 - Value|User Email|Customer Email|Emails|Email ID|Mail ID|Lead Email',
      'Verified Email|Email 3|Email Addresses|Additional email addresses|Person - Email - Work|emailaddress|EMAILADDRESS',
      'Mailadresse|E-Mail geschäftlich|Courriel|Adresse électronique|Correo|Correo electrónico|Dirección de correo',
      'Correio eletrônico|Posta elettronica|E-mailadres|What is the best email to reach you at?|Accountant Email',
    ].flatMap((names) => names.split('|')),
  )('%s', (name) => expect(fieldOf(name)).toBe('email'));
});

describe('other names', () => {
  it.each([
    ['Name (First)', 'firstName'],
    ['First', 'firstName'],
    ['Spouse', null],
    ["Mum's first name", null],
    ['Last', 'lastName'],
    ['Last Contacted', null],
    ['Vor- und Nachname', 'fullName'],
    ['First and Last Name', 'fullName'],
    ['Nom et prénom', 'fullName'],
    ['Apellidos y nombre', 'fullName'],
    ['Name of the company', 'companyName'],
    ['Employer', 'companyName'],
    ['Parent Company', null],
    ['Title', 'jobTitle'],
    ['Designation', 'jobTitle'],
    ['LinkedIn Profile', 'linkedinUrl'],
    ['Company LinkedIn', null],
    ['Remarks', 'notes'],
    ['Source', 'source'],
  ])('%s: %s', (name, field) => expect(fieldOf(name)).toBe(field));
});

describe('plurals and abbreviations', () => {
  it.each(
    [
      [
        'phone',
        'Celulares|Móviles|Telf.|Tfno. fijo|Fono|Telemóveis|Cellulari|Telefoni|Portables|Handys|Natel|Telefoonnummers|Cells',
      ],
      ['email', 'Correos|Correos electrónicos|Courriels|Mails'],
      ['fullName', 'Nomi|Nomes'],
      ['lastName', 'Cognomi|Sobrenomes'],
      ['firstName', 'Rufname'],
    ].flatMap(([field, names]) => names!.split('|').map((name) => [name, field!] as const)),
  )('%s: %s', (name, field) => expect(fieldOf(name)).toBe(field));
});

describe('what is no field of a lead', () => {
  it.each(
    [
      'Fax|Work Fax|Fax Number|Pager|Telefax|Télécopie|Cercapersone|Telex|TTY/TDD Phone',
      'Phone Type|Phone 1 - Label|Phone Status|Phone Verified|Phone Extension|Phone Country Code|SMS Opt-in|Accepts SMS Marketing',
      'Email Status|Email Opt Out|Email Verified|Email Sent|Email Type|Email Domain|Last Email Received|Emails Opened|Email Confidence',
      'Number of Emails|Number of Employees|Has Opted Out Of Email|Do Not Call|Email Template ID|Last email body|Mailing Street',
      "Assistant's Phone|Manager's Name|Contact Owner|Owner Email|Emergency Phone|Parent Email|Spouse Name|Created By Name",
      'Paid by (email)|Booked By Email|Invited by e-mail|Sold By Phone|Reply-To Email|From Email|Cc Email|Payer Email',
      'Old Email|Former Phone|Previous E-mail|Invalid Phone|Wrong Number|Inactive Email|Previous Company',
      'Middle Name|Nickname|Maiden Name|Phonetic First Name|Given Name Yomi|Name Prefix|Name Suffix|Deuxième prénom|Spitzname',
      'Company Size|Company ID|Company Domain|Company City|Company Type|Company Owner|Account Status|Account Number',
      'Username|User Name|File Name|Product Name|Event Name|Campaign Name|List Name|Domain Name|Deal - Title',
      'Job Function|Job Description|Position in list|Home Address|Address|Work|Home|Website|Connected On|Lead Source|Original Source',
      'First Seen|Last Login|Last Activity|First Purchase Date|Mobile Device|Profile Picture|Note Attributes|Hotel|Portfolio|Notary',
      'id|Status|City|Postal Code|Birthday|Tags|created_at|constructor|__proto__|hasOwnProperty|toString|2|***|客户|Имя',
      'On a scale from 1 to 10, how likely are you to recommend our product to a friend or colleague, and why? (required)',
    ].flatMap((names) => names.split('|')),
  )('%s', (name) => expect(fieldOf(name)).toBe(null));

  it('is nothing, nor is a header without columns', () => {
    expect(fieldOf('')).toBe(null);
    expect(recogniseColumns([])).toEqual([]);
  });
});

describe('columns beside each other', () => {
  it('make "Name" a last name beside a first one, a first name beside a last one, else the whole', () => {
    expect(recognised(['Name', 'Vorname'])).toEqual(['lastName', 'firstName']);
    expect(recognised(['Nome', 'Cognome'])).toEqual(['firstName', 'lastName']);
    expect(recognised(['Name', 'Email'])).toEqual(['fullName', 'email']);
    expect(recognised(['Name', 'First Name', 'Last Name'])).toEqual([null, 'firstName', 'lastName']);
    expect(recognised(['Full Name', 'First Name'])).toEqual(['fullName', 'firstName']);
  });

  it('make "Title" a form of address beside a suffix, unless a form of address has a column of its own', () => {
    expect(recognised(['Title', 'First Name', 'Last Name', 'Suffix'])[0]).toBe(null);
    expect(recognised(['Salutation', 'Title', 'Last Name', 'Suffix'])[1]).toBe('jobTitle');
  });

  it('make "URL" the profile in a list of connections only', () => {
    expect(recognised(['URL', 'Email', 'Connected On'])[0]).toBe('linkedinUrl');
    expect(recognised(['URL', 'Email'])[0]).toBe(null);
  });

  it('make the host of an event nobody to write to', () => {
    expect(recognised(['User Email', 'Invitee Email'])).toEqual([null, 'email']);
    expect(recognised(['User Email'])).toEqual(['email']);
  });

  it('give a field to the better name, not to the one further left', () => {
    expect(recognised(['Title', 'Job Title', 'Email'])).toEqual([null, 'jobTitle', 'email']);
    expect(recognised(['Account', 'Description', 'Company', 'Notes'])).toEqual([null, null, 'companyName', 'notes']);
    expect(recognised(['Comments', 'Comments'])).toEqual(['notes', null]);
  });

  it('fill the alternates: a primary one first, then mobiles, then those of a company', () => {
    const phones = ['Company Phone', 'Home Phone', 'Work Phone', 'Mobile', 'Phone', 'Primary Phone'];
    expect(recognised(phones)).toEqual(['more', 'more', 'altPhone3', 'altPhone2', 'altPhone1', 'phone']);
    expect(recognised(['Phone', 'Phone'])).toEqual(['phone', 'altPhone1']);
    const emails = ['Secondary Email', 'Personal Email', 'Email'];
    expect(recognised(emails)).toEqual(['altEmail2', 'altEmail1', 'email']);
  });

  it('keep the order of phones that a lead has no field for', () => {
    const columns = recogniseColumns(['Phone 6', 'Phone 5', 'Phone 4', 'Phone 3', 'Phone 2', 'Phone 1']);
    expect(columns.map(({ place }) => place)).toEqual([5, 4, 3, 2, 1, 0]);
    expect(columns.map(({ field }) => field)).toEqual([null, null, 'altPhone3', 'altPhone2', 'altPhone1', 'phone']);
  });
});

describe('columns that say what kind of contact another holds', () => {
  it('are tied to it by its words', () => {
    expect(recognised(['Phone 2 - Type', 'Phone 1 - Value', 'Phone 2 - Value'])[0]).toBe('type of Phone 2 - Value');
    expect(recognised(['Phone', 'Phone Type', 'Mobile Phone'])[1]).toBe('type of Phone');
    expect(recognised(['Phone', 'Email', 'Phone Type', 'Phone Number'])[2]).toBe('type of Phone');
    expect(recognised(['E-Mail 2: Adresse', 'E-Mail 2: Typ'])[1]).toBe('type of E-Mail 2: Adresse');
  });

  it('are tied to the nearest of equals', () => {
    const columns = recogniseColumns(['Phone', 'Phone Type', 'Email', 'Phone', 'Phone Type']);
    expect(columns.map(({ of }) => of)).toEqual([null, 0, null, null, 3]);
  });

  it('are nothing where there is no such column', () => {
    expect(recognised(['Phone Type', 'Email'])).toEqual([null, 'email']);
  });

  it.each([
    ['Work Fax', 'no phone'],
    ['* Pager', 'no phone'],
    ['Télécopie', 'no phone'],
    ['Mobile', 'mobile'],
    ['* mobil privat', 'mobile'],
    ['CELL', 'mobile'],
    ['Work', 'phone'],
    ['', 'phone'],
  ])('have cells: "%s" is %s', (cell, kind) => expect(kindOfPhone(cell)).toBe(kind));
});

describe('certainty and reasons', () => {
  const why = (...names: string[]) => recogniseColumns(names).map((column) => column.why);

  it('say by which words, and what speaks against them', () => {
    expect(why('Mobile Phone')).toEqual(['"mobile" and "phone" name a phone number']);
    expect(why('Accountant Email')).toEqual(['"email" names an e-mail address, though "accountant" may say something else']);
    expect(why('Email Status')).toEqual(['"email" names an e-mail address, but "status" says that it is something else']);
    expect(why('Work Fax')).toEqual(['"fax" takes no messages']);
    expect(why('Industry')).toEqual(['no word of it names a field of a lead']);
  });

  it('say why a column yields to another', () => {
    expect(why('Title', 'Job Title')[0]).toBe('"title" names a job title; "Job Title" is the better name');
    expect(why('Full Name', 'First Name', 'Last Name')[0]).toContain('first and last name have columns of their own');
    expect(why('Phone Type', 'Phone')[0]).toBe('it says what kind of contact "Phone" holds');
    expect(why('Name', 'Vorname')[0]).toBe('it is a last name, since it stands beside a first name');
    expect(why(...Array.from({ length: 5 }, (_, index) => `Phone ${index + 1}`))[4]).toContain('a lead holds 4 of them');
  });

  it('are less sure of what can mean something else', () => {
    const sure = (name: string) => recogniseColumns([name])[0]!.certainty;
    expect(sure('Job Title')).toBe(1);
    expect(sure('Title')).toBe(0.6);
    expect(sure('Accountant Email')).toBe(0.8);
    expect(sure('Industry')).toBe(0);
  });
});
