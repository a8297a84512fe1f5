import { type Doc, isDoc, isOperators } from '../../values/types';

/** Says who asks and where, not what. */
const ENVELOPE = new Set(['$db', '$clusterTime', '$readPreference', 'lsid']);
/** Expressions whose operand is taken as it stands. */
const LITERAL = new Set(['$literal']);

const texts = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

/**
 * Everything that a command asks of a server, by name: the command, its options, its stages, accumulators and
 * operators, each in its place: `filter $in`, `update $push $each`, `find sort`.
 */
export function operatorsOf(name: string, command: Doc): Set<string> {
  const used = new Set<string>([`command ${name}`]);
  const note = (...words: string[]) => void used.add(words.join(' '));

  function options(place: string, source: Doc): void {
    for (const [key, value] of Object.entries(source)) {
      if (value !== undefined && value !== null && value !== false && key !== name && !ENVELOPE.has(key)) note(place, key);
    }
  }

  function filter(value: unknown, place = 'filter'): void {
    if (value instanceof RegExp) return note(place, '$regex');
    if (!isDoc(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (!key.startsWith('$')) filter(inner, place);
      else {
        note(place, key);
        if (key === '$expr') expression(inner);
        else if (key !== '$eq' && key !== '$ne') texts(inner).forEach((one) => filter(one, place));
      }
    }
  }

  function expression(value: unknown): void {
    if (typeof value === 'string') {
      const variable = /^\$\$[A-Z]+/.exec(value);
      if (variable) note('expression', variable[0]);
    } else if (Array.isArray(value)) value.forEach(expression);
    else if (isDoc(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (key.startsWith('$')) note('expression', key);
        if (!LITERAL.has(key)) expression(inner);
      }
    }
  }

  function group(fields: Doc): void {
    for (const [field, value] of Object.entries(fields)) {
      if (field === '_id') expression(value);
      else {
        note('accumulator', Object.keys(value as Doc)[0]!);
        Object.values(value as Doc).forEach(expression);
      }
    }
  }

  function pipeline(stages: unknown): void {
    for (const stage of texts(stages) as Doc[]) {
      const [key, argument] = Object.entries(stage)[0]!;
      note('stage', key);
      if (key === '$match') filter(argument);
      else if (key === '$group') group(argument as Doc);
      else if (key === '$facet') Object.values(argument as Doc).forEach(pipeline);
      else if (key === '$unionWith') {
        options(`stage ${key}`, isDoc(argument) ? argument : {});
        if (isDoc(argument)) pipeline(argument.pipeline ?? []);
      } else if (key === '$lookup' || key === '$unwind') options(`stage ${key}`, isDoc(argument) ? argument : {});
      else expression(argument);
    }
  }

  function update(value: unknown): void {
    if (Array.isArray(value)) return pipeline(value);
    if (!isOperators(value)) return note('update', 'replacement');
    for (const [operator, fields] of Object.entries(value)) {
      note('update', operator);
      for (const [path, operand] of Object.entries(fields as Doc)) {
        if (path.includes('$[')) note('update', path.includes('$[]') ? '$[]' : '$[name]');
        if (operator === '$pull') filter(operand, 'update $pull');
        else if (isOperators(operand)) Object.keys(operand).forEach((modifier) => note('update', operator, modifier));
      }
    }
  }

  function index(source: Doc): void {
    options('index', source);
    filter(source.partialFilterExpression, 'partial index');
  }

  function body(place: string, source: Doc): void {
    options(place, source);
    filter(source.filter ?? source.query ?? source.q);
    if (source.pipeline !== undefined) pipeline(source.pipeline);
    const change = source.update ?? source.u;
    if (typeof change === 'object') update(change);
    filter({ $or: source.arrayFilters ?? [] }, 'array filter');
    expression(source.projection ?? source.fields);
    expression(source.let);
    for (const concern of ['readConcern', 'writeConcern']) {
      for (const [key, value] of Object.entries((source[concern] ?? {}) as Doc)) note(place, concern, key, String(value));
    }
    for (const statements of ['updates', 'deletes']) {
      if (source[statements] !== undefined) texts(source[statements]).forEach((one) => body(`${place} statement`, one as Doc));
    }
  }

  body(name, command);
  if (name === 'createIndexes') texts(command.indexes).forEach((one) => index(one as Doc));
  return used;
}
