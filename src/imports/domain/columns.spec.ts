import { columnsOf, nameOfTarget } from './columns';
import { explainedColumns } from './explained-columns';
import { leadOf } from './row';

type Mapping = Parameters<typeof columnsOf>[1];

function columns(header: string, mapping: Mapping = {}) {
  const found = columnsOf(header.split(','), mapping);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return found.columns;
}

const goesTo = (header: string, mapping: Mapping = {}) => columns(header, mapping).targets.map(nameOfTarget);
const problemsOf = (header: string, mapping: Mapping = {}) => {
  const found = columnsOf(header.split(','), mapping);
  return 'problems' in found ? found.problems : null;
};

/** The lead that a row is. */
function lead(header: string, row: string, mapping: Mapping = {}) {
  const read = leadOf(row.split(','), { columns: columns(header, mapping), delimiter: ',', onNull: 'keep' });
  const { customFields, ...fields } = read.lead;
  return { ...fields, customFields: { ...(customFields as object) } };
}

describe('the columns of a file of leads', () => {
  it('go where the words in their names say', () => {
    expect(goesTo('Vorname,Name,Firma,Telefon (privat),E-Mail-Adresse,Kundennr.')).toEqual([
      'firstName',
      'lastName',
      'companyName',
      'phone',
      'email',
      'customFields.Kundennr.',
    ]);
  });

  it('go where the caller maps them, and the others are guessed around that', () => {
    expect(goesTo('Phone,Mobile,Title,Job Title', { Mobile: 'phone', 'Job Title': null })).toEqual([
      'altPhone1',
      'phone',
      'jobTitle',
      null,
    ]);
  });

  it('leave a field to the column that the caller maps to it', () => {
    expect(goesTo('Job Title,A,Email', { A: 'jobTitle' })).toEqual(['customFields.Job Title', 'jobTitle', 'email']);
  });

  it('have one column of whole names, the one that the caller maps', () => {
    expect(goesTo('Name,Contact,Email', { Contact: 'fullName' })).toEqual(['customFields.Name', 'fullName', 'email']);
  });

  it('fill the alternates where two are mapped to one contact', () => {
    expect(goesTo('A,B,C,Email', { A: 'phone', B: 'phone', C: 'altPhone1' })).toEqual([
      'phone',
      'altPhone2',
      'altPhone1',
      'email',
    ]);
  });

  it('are refused where two are mapped to one field that has no alternates', () => {
    const message = 'two columns are mapped to jobTitle, and a lead has one';
    expect(problemsOf('A,B,Email', { A: 'jobTitle', B: 'jobTitle' })).toEqual([{ field: 'mapping', message }]);
    const phones = { A: 'phone', B: 'phone', C: 'phone', D: 'phone', E: 'phone' };
    expect(problemsOf('A,B,C,D,E', phones)).toHaveLength(1);
  });

  it('are refused where none holds a contact', () => {
    expect(problemsOf('Name,City')).toEqual([
      { field: 'file', message: expect.stringContaining('no column holds phone numbers') },
    ]);
    expect(problemsOf('Fax,Phone Status')).toHaveLength(1);
    expect(problemsOf('Name,City', { City: 'email' })).toBe(null);
  });

  it('never become an externalId by themselves', () => {
    expect(goesTo('externalId,External ID,Record ID,Email').slice(0, 3)).toEqual([
      'customFields.externalId',
      'customFields.External ID',
      'customFields.Record ID',
    ]);
  });

  it('are known as they were exported, whatever words they have', () => {
    const header = '_id,phone,custom:Mobile Phone,custom:Job Title,tuco:typed';
    expect(goesTo(header)).toEqual([null, 'phone', 'customFields.Mobile Phone', 'customFields.Job Title', null]);
  });
});

describe('what a dry run says of columns', () => {
  it('is where they go, how sure that is, and why', () => {
    const mapping = { City: 'companyName' };
    expect(explainedColumns(columns('Title,Accountant Email,City,Fax', mapping), mapping)).toEqual([
      { column: 'Title', to: 'jobTitle', certainty: 0.6, why: '"title" names a job title' },
      {
        column: 'Accountant Email',
        to: 'email',
        certainty: 0.8,
        why: '"email" names an e-mail address, though "accountant" may say something else',
      },
      { column: 'City', to: 'companyName', certainty: 1, why: 'mapping says so' },
      { column: 'Fax', to: 'customFields.Fax', certainty: 0, why: '"fax" takes no messages' },
    ]);
  });

  it('is that the product wrote them, where it did', () => {
    const [first] = explainedColumns(columns('email,tuco:typed'), {});
    expect(first).toEqual({ column: 'email', to: 'email', certainty: 1, why: 'it is a column of an export' });
  });
});

describe('the lead of a row', () => {
  it('has first and last name of a whole one', () => {
    expect(lead('Name,Email', 'Ada Byron,ada@example.com')).toMatchObject({ firstName: 'Ada', lastName: 'Byron' });
    expect(lead('A,Email', 'Ada Byron,ada@example.com', { A: 'fullName' })).toMatchObject({
      firstName: 'Ada',
      lastName: 'Byron',
    });
  });

  it('has a name of its own column before one that was split', () => {
    expect(lead('Full Name,First Name,Email', 'Augusta Ada Byron,Ada,a@example.com')).toMatchObject({
      firstName: 'Ada',
      lastName: 'Ada Byron',
    });
  });

  it('takes neither fax nor pager for a phone, and a mobile first', () => {
    const header =
      'Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Phone 3 - Type,Phone 3 - Value,Phone 4 - Type,Phone 4 - Value';
    expect(lead(header, 'Work Fax,1,Pager,2,Work,3,Mobile,4')).toEqual({
      phone: '4',
      altPhone1: '3',
      customFields: {
        'Phone 1 - Type': 'Work Fax',
        'Phone 1 - Value': '1',
        'Phone 2 - Type': 'Pager',
        'Phone 2 - Value': '2',
        'Phone 3 - Type': 'Work',
        'Phone 4 - Type': 'Mobile',
      },
    });
  });

  it('reads more columns of phones than a lead has fields, as far as they are filled', () => {
    const header = 'Business Phone,Business Phone 2,Home Phone,Home Phone 2,Mobile Phone,Other Phone';
    expect(lead(header, ',22,,44,,')).toEqual({ phone: '22', altPhone1: '44', customFields: {} });
    expect(lead(header, '11,22,33,44,55,66')).toEqual({
      phone: '55',
      altPhone1: '11',
      altPhone2: '33',
      altPhone3: '66',
      customFields: { 'Business Phone 2': '22', 'Home Phone 2': '44' },
    });
  });

  it('keeps the fields that the caller mapped, and fills those left', () => {
    const header = 'A,Phone 1,Phone 2,Phone 3,Phone 4';
    expect(lead(header, '0,1,,3,4', { A: 'altPhone1' })).toEqual({
      phone: '1',
      altPhone1: '0',
      altPhone2: '3',
      altPhone3: '4',
      customFields: {},
    });
  });

  it('has a column called like something that objects have as a custom field', () => {
    expect(lead('toString,Email', 'Bolt,a@example.com')).toEqual({ email: 'a@example.com', customFields: { toString: 'Bolt' } });
  });
});

describe('an empty cell where it clears', () => {
  const cleared = (header: string, row: string[], mapping: Mapping = {}) =>
    leadOf(row, { columns: columns(header, mapping), delimiter: ',', onNull: 'clear' }).lead;

  it.each<[string, string, string[], object]>([
    ['of a field is null', 'Email,Company,Title', ['a@example.com', ' ', 'CTO'], { companyName: null, jobTitle: 'CTO' }],
    [
      'of a custom field too',
      'Email,Shirt size,Tag',
      ['a@example.com', '', 'x'],
      { customFields: { 'Shirt size': null, Tag: 'x' } },
    ],
    ['of a phone is null', 'Email,Phone', ['a@example.com', ''], { email: 'a@example.com', phone: null }],
    [
      'of one of many phones empties the last of their fields',
      'Email,Phone,Phone 2,Phone 3,Phone 4,Phone 5',
      ['a@example.com', '', '202-555-0101', '', '202-555-0102', ''],
      { phone: '202-555-0101', altPhone1: '202-555-0102', altPhone2: null, altPhone3: null },
    ],
    ['of a whole name empties both', 'Email,Full name', ['a@example.com', ''], { firstName: null, lastName: null }],
    [
      'of a last name is filled by the whole',
      'Email,Last name,Full name',
      ['a@example.com', '', 'Ada Byron'],
      { lastName: 'Byron' },
    ],
  ])('%s', (_, header, row, expected) => expect(cleared(header, row)).toMatchObject(expected));

  it('says nothing where the row ends before it, or where its column goes nowhere', () => {
    const lead = cleared('Email,Phone,Company,Full name,Tag', ['a@example.com']);
    expect(lead).toEqual({ email: 'a@example.com', customFields: {} });
    expect(cleared('Email,Company', ['a@example.com', ''], { Company: null })).toEqual({
      email: 'a@example.com',
      customFields: {},
    });
  });
});
