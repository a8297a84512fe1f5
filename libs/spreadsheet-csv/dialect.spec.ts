import { dialectsOf } from '.';

const found = (csv: string) => dialectsOf(Buffer.from(csv))[0]!;

it('is found in records of very many cells, each of which begins as if a quote followed', () => {
  expect(dialectsOf(Buffer.from(' "x;'.repeat(60_000)))).toMatchObject([{ delimiter: ';', quotes: { spaced: false } }]);
});

describe('the delimiter', () => {
  it.each([
    ['a,b,c\n1;2;3', ','],
    ['"a,b";"c";d\n', ';'],
    ['a\tb\n', '\t'],
    ['a|b|c', '|'],
    ['email\nx,y\n', ','],
    ['\r\n\r\n"x";"y"\r\n', ';'],
    ['Email,Interests (a;b;c)\nada@example.com,x\nbob@example.com,y\n', ','],
    ['Name;Betrag;Satz\nAda;1,50;2,25\nBob;3,00;4,10\n', ';'],
    ['Name;Note\nAda;a, b\nBob;c, d\nCy;e, f\n', ';'],
    ['Name;Phone;Note\nAda;1\nBob;2;x, y\nCy;3\nDi;4;a, b\nEd;5;c, d\n', ';'],
    ['Name;Phone;Note\nAda;a, b\nBob;2;c, d\nCy;3;4;e, f\nDi;5;g, h\n', ';'],
    ['Report; all people\nMade: today\n\nName,Email,City\nAda,ada@example.com,Rome\nBob,bob@example.com,Oslo\n', ','],
    ['Name\tEmail\nByron, Ada\tada@example.com\nRay, Bob\tbob@example.com\n', '\t'],
    ['Name|Tags\nAda|a,b,c\nBob|d\n', '|'],
    ['"Name", "Notes; more"\n"Ada", "a; b"\n', ','],
    ['"Name";"Street, number"\n"Ada";"Elm\nRoad, 5"\n', ';'],
  ])('of %j is %j', (csv, delimiter) => {
    expect(found(csv).delimiter).toBe(delimiter);
  });

  it.each([
    ['sep=;\r\nFirst Name;Email\r\n', ';', 7, 2],
    ['sep=,\na;b,c\n', ',', 6, 2],
    ['"sep=|"\n"a"|"b"\n', '|', 8, 2],
    ['SEP=\t\r\na\tb\r\n', '\t', 7, 2],
    ['sep=\\t\na\tb\n', '\t', 7, 2],
    ['sep=^\na^b\n', '^', 6, 2],
    ['\ufeffsep=;\na;b\n', ';', 9, 2],
    ['sep=;;;\na;b;c\n', ';', 8, 2],
  ])('is what a first line says, as in %j', (csv, delimiter, offset, line) => {
    expect(found(csv)).toMatchObject({ delimiter, evidence: 'sep line', start: { offset, line } });
  });

  it.each(['sep,email\n1,a@example.com\n', 'sep=a\nb,c\n', 'sep=""\nb,c\n', 'separator=;\nb;c\n', 'name,sep=;\n'])(
    'is not said by the first line of %j',
    (csv) => {
      expect(found(csv)).toMatchObject({ evidence: 'records', start: { offset: 0, line: 1 } });
    },
  );

  it('has others behind it, for where it makes no sense', () => {
    expect(dialectsOf(Buffer.from('a,b;c\n1,2;3\n4,5\n')).map(({ delimiter }) => delimiter)).toEqual([',', ';']);
    expect(found('email\na@example.com\n')).toMatchObject({ delimiter: ',', evidence: 'one column' });
  });
});

describe('quotes', () => {
  it.each([
    ['"First Name", "Email"\n"Ada", "a"\n', true],
    ['"First Name" ,"Email"\n"Ada" ,"a"\n', true],
    ['name;note\nAda; "a; b"\n', true],
    ['name,note\nAda,"a, ""b"" , c"\n', false],
    ['name,note\nAda,5" pipe\n', false],
    ['name,note\n Ada , x\n', false],
  ])('of %j have spaces around them: %j', (csv, spaced) => {
    expect(found(csv).quotes.spaced).toBe(spaced);
  });

  it.each([
    ['name,note\n"Walt \\"H\\" White",x\n', true],
    ['name,note\n"\\"H\\"",x\n', true],
    ['name;note\n"a \\"b\\"; c";"d"\n', true],
    ['name,path\n"Ada","C:\\"\n"Bob","D:\\"\n', false],
    ['name,note\n"say ""hi"" to \\me","D:\\"\n', false],
    ['name,note\n"",""\n', false],
  ])('of %j are behind backslashes: %j', (csv, backslash) => {
    expect(found(csv).quotes.backslash).toBe(backslash);
  });
});
