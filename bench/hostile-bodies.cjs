// JSON that is made to cost whoever reads it: each shape in about so many bytes, in a field of that name. Used
// by hostile.mjs and by test/attacks.
const repeated = (text, bytes) => text.repeat(Math.max(1, Math.floor(bytes / text.length)));
const numbered = (bytes, each, one) => {
  const parts = [];
  for (let n = 0, length = 0; length < bytes; n += 1, length += each) parts.push(one(n));
  return parts.join(',');
};

exports.SHAPES = {
  'empty objects': (bytes, field) => `{"${field}":[${repeated('{},', bytes)}{}]}`,
  'empty objects beside what is needed': (bytes, field) => `{"name":"x","${field}":[],"junk":[${repeated('{},', bytes)}{}]}`,
  'empty lists': (bytes, field) => `{"${field}":[${repeated('[],', bytes)}[]]}`,
  zeros: (bytes, field) => `{"${field}":[${repeated('0,', bytes)}0]}`,
  nulls: (bytes, field) => `{"${field}":[${repeated('null,', bytes)}null]}`,
  'short strings': (bytes, field) => `{"${field}":[${repeated('"a",', bytes)}"a"]}`,
  'different strings': (bytes, field) => `{"${field}":[${numbered(bytes, 12, (n) => `"s${n}"`)}]}`,
  ids: (bytes, field) => `{"${field}":[${numbered(bytes, 27, (n) => `"${n.toString(16).padStart(24, '0')}"`)}]}`,
  'different fields': (bytes) => `{${numbered(bytes, 12, (n) => `"k${n}":0`)}}`,
  'different fields in an object': (bytes, field) => `{"${field}":{${numbered(bytes, 12, (n) => `"k${n}":0`)}}}`,
  'a field again and again': (bytes, field) => `{${repeated(`"${field}":[],`, bytes)}"${field}":[]}`,
  'deep lists': (bytes, field) => `{"${field}":${repeated('[', bytes / 2)}${repeated(']', bytes / 2)}}`,
  'deep objects': (bytes, field) => `{"${field}":${repeated('{"a":', bytes / 6)}1${repeated('}', bytes / 6)}}`,
  'deep lists that never end': (bytes) => repeated('[', bytes),
  'one long string': (bytes, field) => `{"${field}":"${repeated('x', bytes)}"}`,
  'one long string of escapes': (bytes, field) => `{"${field}":"${repeated('\\u0000', bytes)}"}`,
  'one long string of quotes': (bytes, field) => `{"${field}":"${repeated('\\"', bytes)}"}`,
  'lone surrogates': (bytes, field) => `{"${field}":"${repeated('\\ud800', bytes)}"}`,
  'one long number': (bytes, field) => `{"${field}":${repeated('9', bytes)}}`,
  'huge numbers': (bytes, field) => `{"${field}":[${repeated('1e308,', bytes)}-1e-308]}`,
  'names that every object has': (bytes, field) =>
    `{"${field}":[${repeated('{"constructor":{"prototype":{"a":1}}},', bytes)}{"__proto__":{"a":1}}]}`,
  'only spaces': (bytes) => repeated(' ', bytes),
  'spaces between': (bytes, field) => `{"${field}":[${repeated('  \n\t0,', bytes)}0]}`,
  'broken at the end': (bytes, field) => `{"${field}":[${repeated('{"a":1},', bytes)}`,
  'leads of many fields': (bytes, field) => {
    const fields = numbered(2_000, 11, (n) => `"f${n}":"v"`);
    return `{"${field}":[${repeated(`{"customFields":{${fields}}},`, bytes)}{}]}`;
  },
};

exports.csvBombs = {
  'blank lines': (bytes) => `Phone\n${repeated('\n', bytes)}`,
  'blank lines of Windows': (bytes) => `Phone\r\n${repeated('\r\n', bytes)}`,
  commas: (bytes) => `Phone,Email\n${repeated(',', bytes)}`,
  'rows of commas': (bytes) => `Phone,Email,Notes\n${repeated(',,\n', bytes)}`,
  'columns without end': (bytes) => `${repeated('a,', bytes)}\n+12025550100`,
  'a quote that never closes': (bytes) => `Phone\n"${repeated('x', bytes)}`,
  'quotes in a quote': (bytes) => `Phone\n"${repeated('""', bytes)}"`,
  'a quote in each cell': (bytes) => `Phone\n${repeated('""\n', bytes)}`,
  'one line': (bytes) => `Phone\n${repeated('9', bytes)}`,
  'no line at all': (bytes) => repeated('x', bytes),
  'spaces and blank lines': (bytes) => `Phone\n${repeated('   \n', bytes)}`,
  semicolons: (bytes) => `Phone;Email\n${repeated(';\n', bytes)}`,
  'zero bytes': (bytes) => `Phone\n${repeated('\0\n', bytes)}`,
  formulas: (bytes) => `Phone,Notes\n${repeated('1,"=cmd|\' /C calc\'!A0"\n', bytes)}`,
  'lone carriage returns': (bytes) => `Phone\n${repeated('\r', bytes)}`,
};
