import { CommandError, notSupported } from '../errors';

/** What MongoDB has and this store does not. What neither has is answered as MongoDB answers it. */
const STAGES = new Set([
  '$bucket',
  '$bucketAuto',
  '$changeStream',
  '$collStats',
  '$currentOp',
  '$densify',
  '$documents',
  '$fill',
  '$geoNear',
  '$graphLookup',
  '$indexStats',
  '$listLocalSessions',
  '$listSessions',
  '$merge',
  '$out',
  '$planCacheStats',
  '$redact',
  '$sample',
  '$search',
  '$setWindowFields',
]);
const ACCUMULATORS = new Set([
  '$accumulator',
  '$bottom',
  '$bottomN',
  '$firstN',
  '$lastN',
  '$maxN',
  '$median',
  '$minN',
  '$percentile',
  '$stdDevPop',
  '$stdDevSamp',
  '$top',
  '$topN',
]);
const EXPRESSIONS = new Set([
  '$acos',
  '$acosh',
  '$asin',
  '$asinh',
  '$atan',
  '$atan2',
  '$atanh',
  '$binarySize',
  '$bitAnd',
  '$bitNot',
  '$bitOr',
  '$bitXor',
  '$bsonSize',
  '$convert',
  '$cos',
  '$cosh',
  '$dateFromString',
  '$dateToParts',
  '$degreesToRadians',
  '$exp',
  '$firstN',
  '$function',
  '$indexOfBytes',
  '$isoDayOfWeek',
  '$isoWeek',
  '$isoWeekYear',
  '$lastN',
  '$ln',
  '$log',
  '$log10',
  '$maxN',
  '$median',
  '$meta',
  '$minN',
  '$percentile',
  '$pow',
  '$radiansToDegrees',
  '$rand',
  '$regexFind',
  '$regexFindAll',
  '$sampleRate',
  '$setEquals',
  '$setField',
  '$sin',
  '$sinh',
  '$stdDevPop',
  '$stdDevSamp',
  '$substr',
  '$substrBytes',
  '$tan',
  '$tanh',
  '$toDecimal',
  '$toHashedIndexKey',
  '$tsIncrement',
  '$tsSecond',
  '$unsetField',
  '$week',
  '$zip',
  '$accumulator',
]);

const ELSEWHERE = new Set([
  '$match',
  '$sort',
  '$limit',
  '$skip',
  '$group',
  '$count',
  '$unwind',
  '$lookup',
  '$unionWith',
  '$facet',
  '$sortByCount',
]);

/** Is it a stage of aggregations, whether this store has it or not? */
export const isStage = (name: string): boolean => STAGES.has(name) || ELSEWHERE.has(name);

export const unknownStage = (name: string): CommandError =>
  STAGES.has(name)
    ? notSupported(`The aggregation stage ${name}`)
    : new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);

export const unknownAccumulator = (name: string): CommandError =>
  ACCUMULATORS.has(name)
    ? notSupported(`The group operator ${name}`)
    : new CommandError(15952, `unknown group operator '${name}'`);

export const unknownExpression = (name: string): CommandError =>
  EXPRESSIONS.has(name) ? notSupported(`The expression operator ${name}`) : new CommandError(31325, `Unknown expression ${name}`);
