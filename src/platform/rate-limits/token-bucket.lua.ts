/**
 * A bucket of `ARGV[3]` tokens that fills evenly in `ARGV[2]` seconds, by Redis's own clock. Takes `ARGV[1]`
 * tokens if they are there, and none if not.
 * @returns how many tokens are out of it, with those that were asked for, and for how many milliseconds:
 *   until it is full, or, where it has not enough, until it has
 */
export const TOKEN_BUCKET = `
local cost, window, size = tonumber(ARGV[1]), tonumber(ARGV[2]) * 1000, tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local state = redis.call('HMGET', KEYS[1], 'out', 'at')
local out = tonumber(state[1]) or 0
local at = tonumber(state[2]) or now
out = math.max(0, out - math.max(0, now - at) * size / window)
local after = out + cost
if after > size then
  return { math.ceil(after), math.ceil((after - size) * window / size) }
end
local full = math.ceil(after * window / size)
redis.call('HSET', KEYS[1], 'out', tostring(after), 'at', tostring(now))
redis.call('PEXPIRE', KEYS[1], full + 1000)
return { math.ceil(after), full }
`;
