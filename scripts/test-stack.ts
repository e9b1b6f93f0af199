import { derivedPasswords } from "./databases";
import type { Lifetime } from "./lifetime";
import { freePort } from "./port";
import { newSecrets } from "./secrets";
import type { DemoAccount } from "./seed-demo";
import { startStack, type Stack } from "./stack";
import type { Steps } from "./steps";

/** What the tests in a browser know of the stack they run against; JSON in GLIMPSE_STACK. */
export type StackUnderTest = {
  baseUrl: string;
  accounts: DemoAccount[];
  /** All that the application writes, to look for leaks. */
  appLog: string;
  superuserUrl: string;
  ownerUrl: string;
  sourceOwnerUrl: string;
  readerUrl: string;
  /** GLIMPSE_KEY, for tests that seal a connection themselves. */
  key: string;
  /** GLIMPSE_LOG_KEY: what is decided elsewhere has to be signed as the running product signs it. */
  logKey: string;
};

/** The demo's stack on a server that is thrown away, with the variables that its tests need. */
export async function startTestStack(wanted: {
  superuserUrl: string;
  lifetime: Lifetime;
  steps: Steps;
}): Promise<{ stack: Stack; env: Record<string, string> }> {
  const { superuserUrl, lifetime, steps } = wanted;
  const secrets = { ...newSecrets(), rolePasswords: derivedPasswords(superuserUrl) };
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const name = `run-${process.pid}`;
  const server = () => Promise.resolve(superuserUrl);
  const stack = await startStack({ name, server, secrets, port, publicUrl, lifetime, steps });
  const { app, accounts, ownerUrl, sourceOwnerUrl, readerUrl } = stack;
  const urls = { superuserUrl, ownerUrl, sourceOwnerUrl, readerUrl };
  const told: StackUnderTest = {
    baseUrl: publicUrl,
    accounts,
    appLog: app.logFile,
    ...{ key: secrets.key, logKey: secrets.logKey },
    ...urls,
  };
  return { stack, env: { GLIMPSE_TEST_DATABASE_URL: superuserUrl, GLIMPSE_STACK: JSON.stringify(told) } };
}
