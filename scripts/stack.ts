import { migrate } from "@/lib/db/migrate";
import { build, isBuilt } from "./build";
import { fillSource, prepareDatabases, type DatabaseUrls } from "./demo-databases";
import type { Lifetime } from "./lifetime";
import { seedDemo, type DemoAccount } from "./seed-demo";
import type { Secrets } from "./secrets";
import { seedDemoSource } from "./seed-demo-source";
import { serve, type App } from "./serve";
import type { Steps } from "./steps";

export type StackWanted = {
  /** Names its log files. */
  name: string;
  /** Resolves to the URL of a superuser, once the server runs. */
  server: () => Promise<string>;
  secrets: Omit<Secrets, "superuserPassword">;
  port: number;
  /** The address people type, to which sign-in returns. */
  publicUrl: string;
  /** Where checkpoints of the log go; nowhere when left out. */
  logFolder?: string;
  /** Whether its people have done something before anybody looks. */
  withPast?: boolean;
  lifetime: Lifetime;
  steps: Steps;
};

export type Stack = DatabaseUrls & { app: App; accounts: DemoAccount[]; env: Record<string, string> };

/** The whole of Glimpse with its demo source: the one way to bring it up, for the demo, tests and benches. */
export async function startStack(wanted: StackWanted): Promise<Stack> {
  const { name, port, publicUrl, logFolder, secrets, lifetime, steps } = wanted;
  // Building is the processor's work, the server's start is the disk's.
  const [{ urls, accounts }] = await Promise.all([fillDatabases(wanted), buildIfNeeded(steps)]);
  const env = {
    DATABASE_URL: urls.controlUrl,
    GLIMPSE_KEY: secrets.key,
    GLIMPSE_DEMO: "1",
    GLIMPSE_LOG_KEY: secrets.logKey,
    ...(logFolder === undefined ? {} : { GLIMPSE_LOG_FOLDER: logFolder }),
    NEXTAUTH_SECRET: secrets.sessionSecret,
    NEXTAUTH_URL: publicUrl,
  };
  const app = await steps.run("serve", () => serve({ name, port, env }));
  lifetime.add(app.stop);
  return { ...urls, app, accounts, env };
}

async function fillDatabases({ server, secrets, publicUrl, withPast, steps }: StackWanted) {
  const superuserUrl = await steps.run("database start", server);
  const urls = await steps.run("databases, roles", () =>
    prepareDatabases(superuserUrl, secrets.rolePasswords),
  );
  await steps.run("migrate", () => migrate(urls.ownerUrl));
  await steps.run("demo source", () => fillSource(urls, seedDemoSource));
  const { ownerUrl, controlUrl: webUrl, readerUrl: sourceReaderUrl } = urls;
  const { key, logKey, demoPassword: password } = secrets;
  const past = withPast ? { past: { logKey, publicUrl } } : {};
  const accounts = await steps.run("people, catalogue", () =>
    seedDemo({ ownerUrl, webUrl, sourceReaderUrl, key, password, ...past }),
  );
  return { urls, accounts };
}

async function buildIfNeeded(steps: Steps): Promise<void> {
  if (isBuilt()) steps.done("build", 0, "is up to date");
  else await steps.run("build", build);
}
