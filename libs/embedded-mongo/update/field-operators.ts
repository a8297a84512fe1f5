import { Timestamp } from 'bson';
import { CommandError } from '../errors';
import { MISSING } from '../query/paths';
import { shownValue } from '../storage/documents';
import { compareValues, toNumber } from '../values/compare';
import { arithmetic, kindOfNumber, overflows } from '../values/numbers';
import { isDoc, isNumber, typeName } from '../values/types';
import type { Change } from './targets';

type Make = (operand: unknown, path: string) => Change;

const set: Make = (operand) => ({ apply: () => operand });

const numeric =
  (operator: '$inc' | '$mul', sign: '+' | '*'): Make =>
  (operand, path) => {
    const verb = operator === '$inc' ? 'increment' : 'multiply';
    if (!isNumber(operand))
      throw new CommandError(14, `Cannot ${verb} with non-numeric argument: {${path}: ${shownValue(operand)}}`);
    return {
      apply(value) {
        if (value === MISSING) return operator === '$inc' ? operand : arithmetic(operand, 0, '*');
        const name = path.split('.').at(-1);
        if (!isNumber(value))
          throw new CommandError(
            14,
            `Cannot apply ${operator} to a value of non-numeric type. {_id: ?} has the field '${name}' of non-numeric type ${typeName(value)}`,
          );
        if (overflows(value, operand, sign))
          throw new CommandError(
            2,
            `Failed to apply ${operator} operations to current value ((${kindOfNumber(value)})${shownValue(value)})`,
          );
        const result = arithmetic(value, operand, sign);
        // A zero of the other sign is no change.
        return kindOfNumber(result) === kindOfNumber(value) && toNumber(result) === 0 && toNumber(value) === 0 ? value : result;
      },
    };
  };

const extreme =
  (direction: 1 | -1): Make =>
  (operand) => ({ apply: (value) => (value === MISSING || compareValues(operand, value) * direction > 0 ? operand : value) });

function currentDate(given: unknown): Change {
  const [operand, now] = given as [unknown, Date];
  const type = isDoc(operand) ? operand.$type : operand;
  if (type === 'timestamp') return { apply: () => new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) };
  if (type !== 'date' && typeof type !== 'boolean') {
    throw new CommandError(
      2,
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  }
  return { apply: () => now };
}

const rename: Make = (operand, path) => {
  if (typeof operand !== 'string')
    throw new CommandError(2, `The 'to' field for $rename must be a string: ${path}: ${shownValue(operand)}`);
  if (operand === path) throw new CommandError(2, `The source and target field for $rename must differ: ${path}: "${operand}"`);
  return { renameTo: operand };
};

export const FIELD_OPERATORS: Record<string, Make> = {
  $set: set,
  $setOnInsert: set,
  $unset: () => ({ onlyExisting: true, apply: () => MISSING }),
  $inc: numeric('$inc', '+'),
  $mul: numeric('$mul', '*'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $rename: rename,
};
