import { defineCommand, redisCommandDefinitions, t, WrongNumberOfArgumentsError } from 'js-redis-server/core';

const blmove = redisCommandDefinitions.find(({ name }) => name === 'blmove')!;
const [FROM, TO] = [Buffer.from('RIGHT'), Buffer.from('LEFT')];

/**
 * BRPOPLPUSH, which Bull 4 waits for jobs with and the server lacks: `BLMOVE source destination RIGHT LEFT
 * timeout` under the name that it had before Redis 6.2.
 */
export const brpoplpush = defineCommand<unknown>({
  ...blmove,
  name: 'brpoplpush',
  since: undefined,
  schema: t.custom((input, index, context) => {
    const [source, destination, timeout] = input.slice(index);
    if (!source || !destination || !timeout) throw new WrongNumberOfArgumentsError(context.commandName);
    const { value, nextIndex } = blmove.schema.parse([source, destination, FROM, TO, timeout], 0, context);
    return { value, nextIndex: index + nextIndex - 2 };
  }),
});
