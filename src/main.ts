import { InvalidConfig, readConfig } from './platform/config';
import { createApp } from './server';

/** Starts one role (`APP_ROLE`) of the product with the stores that the environment names. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const app = await createApp(config);
  app.enableShutdownHooks();
  await app.listen(config.PORT, config.HOST);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof InvalidConfig ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});
