import fc from 'fast-check';
import { type FieldUse, keysWithoutFallback, parseTemplate, TemplateError, templateWarnings } from './index';

const NAMES = [
  'firstName',
  'lastName',
  'companyName',
  'jobTitle',
  'email',
  'phone',
  'line_name',
  'unsubscribe_url',
  'Deal Size',
  'tier',
];
const USED = ['firstName', 'email', 'line_name', 'Deal Size'];
const use = (key: string): FieldUse => (key === 'slow' ? 'undecided' : USED.includes(key) ? 'used' : 'empty');
const warn = (template: string) => templateWarnings(template, { names: NAMES, use });
const short = (template: string) => warn(template).map(({ code, key, suggestion }) => [code, key, suggestion]);

describe('templateWarnings', () => {
  it.each([
    '',
    'Hi {firstName}',
    'Hi {{firstName|there}}, {Deal Size}',
    'From {line_name}',
    '{lastName|friend}',
    '{tier|none}',
    '{slow|none}',
    'Costs 5 % and \\{SAVE20\\} [soon] <b> 100%',
    '{firstName|my friend: hello}',
  ])('says nothing of %j', (template) => expect(warn(template)).toEqual([]));

  it.each([
    ['{FirstName}', 'firstName'],
    ['{first_name}', 'firstName'],
    ['{First Name}', 'firstName'],
    ['{{contact.firstname}}', 'firstName'],
    ['{{ user.first_name }}', 'firstName'],
    ['{FNAME}', 'firstName'],
    ['{company}', 'companyName'],
    ['{compnyName}', 'companyName'],
    ['{deal size}', 'Deal Size'],
    ['{sender}', 'line_name'],
    ['{unsubscribeUrl}', 'unsubscribe_url'],
    ['{{unsubscribe_link}}', 'unsubscribe_url'],
    ['{{ unsubscribe }}', 'unsubscribe_url'],
    ['{nickname}', null],
    ['{companyName}', null],
    ['{constructor}', null],
  ])('of %s names the nearest field: %s', (template, suggestion) => {
    const key = template.replace(/[{}]/g, '').trim();
    expect(short(template)).toEqual([['UNKNOWN_FIELD', key, suggestion]]);
    expect(warn(template)[0]!.message).toContain(suggestion ? `did you mean {${suggestion}}?` : `{${key}|…}`);
  });

  it('also warns of a field that nobody has and whose fallback goes out each time', () => {
    expect(short('{frstName|there}')).toEqual([['UNKNOWN_FIELD', 'frstName', 'firstName']]);
    expect(short('{Hello|Hey} you')).toEqual([['UNKNOWN_FIELD', 'Hello', null]]);
  });

  it('says where it could not be told in time', () => {
    expect(short('{slow}')).toEqual([['UNKNOWN_FIELD', 'slow', null]]);
    expect(warn('{slow}')[0]!.message).toMatch(/could not be looked for in time/);
  });

  it.each([
    ['{{firstName | default: "there"}}', 'firstName|default: "there"'],
    ["{{ firstName | default('there') }}", "firstName|default('there')"],
    ['{firstName || there}', 'firstName|| there'],
    ['{nobody || there}', 'nobody|| there'],
    ['{Hi|Hey|Hello}', 'Hi|Hey|Hello'],
    ['{{firstName | capitalize}}', 'firstName|capitalize'],
    ['{{ when | date: "%Y" }}', 'when|date: "%Y"'],
    ['{% if firstName %}', '% if firstName %'],
    ['{{#if firstName}}', '#if firstName'],
    ['{{/if}}', '/if'],
    ['${firstName}', '${firstName}'],
    ['*|FNAME|*', '*|FNAME|*'],
    ['<%= name %>', '<%= name %>'],
    ['[[name]]', '[[name]]'],
    ['%FIRSTNAME%', '%FIRSTNAME%'],
    ['%%First Name%%', '%%First Name%%'],
  ])('knows another product by %s', (template, key) => expect(short(template)).toEqual([['OTHER_SYNTAX', key, null]]));

  it('says how it is written here', () => {
    expect(warn('{{firstName | default: "there"}}')[0]!.message).toContain('write {firstName|there}');
    expect(warn('{firstName || there}')[0]!.message).toContain('write {firstName|there}');
    expect(warn('*|FNAME|*')[0]!.message).toMatch(/^\*\|FNAME\|\* goes out as it stands/);
    expect(warn('{% if x %}')[0]!.message).toMatch(/^\{% if x %\} is no condition/);
  });

  it.each(['{SAVE20}', '{"a": 1}', '{1+1}', '{:)}', '{10 % off}'])('%s would vanish', (template) => {
    const key = template.slice(1, -1);
    expect(short(template)).toEqual([['TEXT_IN_BRACES', key, null]]);
    expect(warn(template)[0]!.message).toContain('write \\{');
  });

  it('says each thing once, in order', () => {
    expect(short('{nick} {SAVE20} {nick} {{nick}}')).toEqual([
      ['UNKNOWN_FIELD', 'nick', null],
      ['TEXT_IN_BRACES', 'SAVE20', null],
    ]);
  });

  it('takes any template that can be parsed, a long one too', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '|', '%', '*', '[', '$', '\\', 'a', ':', ' ') }), (text) => {
        try {
          parseTemplate(text);
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
          return;
        }
        for (const { message } of warn(text)) expect(message.length).toBeGreaterThan(5);
      }),
      { numRuns: 2_000 },
    );
    for (const unit of ['*|', '%A', '[[', '<%', '%%a', '{nick}']) expect(warn(unit.repeat(10_000)).length).toBeLessThan(2);
  });
});

describe('keysWithoutFallback', () => {
  it('names each once', () => expect(keysWithoutFallback('{a} {b|x} {{c}} {a} \\{d\\}')).toEqual(['a', 'c']));
});
