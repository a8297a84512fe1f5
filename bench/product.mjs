// The product as it runs in production, saying where it listens and a token to call it with.
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
if (process.env.BENCH_CHANNEL) {
  // Before the modules read the list.
  const { BenchChannel } = load(`./${process.env.BENCH_CHANNEL}-channel.cjs`);
  load('../dist/src/channels/adapters.js').ADAPTERS.push(BenchChannel);
  process.on('message', (question) => question === 'taken' && process.send(BenchChannel.taken));
  process.on('message', (question) => question === 'book' && process.send(BenchChannel.book));
}
const { readConfig } = load('../dist/src/platform/config/index.js');
const { createApp } = load('../dist/src/server.js');
const { migrate } = load('../dist/src/migrate.js');
const { localSessionToken } = load('../dist/src/auth/infrastructure/local-issuer.js');

/**
 * Tells, when asked, how many commands of each kind went to MongoDB since the last asking, and how many of
 * them claimed a message.
 */
function countCommands() {
  const connection = app.get(load('@nestjs/mongoose').getConnectionToken());
  let counts = {};
  connection.getClient().on('commandStarted', ({ commandName, command }) => {
    if (['hello', 'ismaster', 'ping', 'endSessions'].includes(commandName)) return;
    counts[commandName] = (counts[commandName] ?? 0) + 1;
    if (process.env.BENCH_BY_COLLECTION) {
      const name = `${commandName} ${command[commandName]}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    if (command.update?.$set?.status === 'pending') counts.claims = (counts.claims ?? 0) + 1;
  });
  process.on('message', (question) => {
    if (question !== 'commands') return;
    process.send({ claims: 0, ...counts });
    counts = {};
  });
}

const config = readConfig(process.env);
await migrate(config.MONGODB_URI, 'run', { say: () => undefined });
const app = await createApp(config);
app.enableShutdownHooks();
await app.listen(config.PORT, '127.0.0.1');
if (process.env.BENCH_COMMANDS) countCommands();
console.log(`listening ${localSessionToken(config.DATA_DIR, 'org_bench', new Date())}`);
// Tells, when asked, for how long its event loop was blocked at most since the last asking, in milliseconds.
const { monitorEventLoopDelay } = await import('node:perf_hooks');
if (process.env.BENCH_BLOCKED) {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  process.on('message', (question) => {
    if (question !== 'blocked') return;
    process.send({ blocked: Math.max(0, delays.max / 1e6 - 1) });
    delays.reset();
  });
}
