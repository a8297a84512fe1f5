// The product as it runs in production, saying where it listens and a token to call it with.
import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);
const { readConfig } = load('../dist/src/platform/config/index.js');
const { createApp } = load('../dist/src/server.js');
const { localSessionToken } = load('../dist/src/auth/index.js');

const config = readConfig(process.env);
const app = await createApp(config);
app.enableShutdownHooks();
await app.listen(config.PORT, '127.0.0.1');
console.log(`listening ${localSessionToken(config.DATA_DIR, 'org_bench', new Date())}`);
