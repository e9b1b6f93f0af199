import fs from "node:fs";
import path from "node:path";
import { hasCluster, removeCluster, startCluster } from "./cluster";
import { asAdmin } from "./databases";
import { dropDatabases, refuseForeign } from "./demo-databases";
import { Lifetime } from "./lifetime";
import { privateFolder } from "./place";
import { forgetSecrets, keepSecrets, newSecrets, readSecrets, type Secrets } from "./secrets";
import type { DemoAccount } from "./seed-demo";
import { lastLines } from "./serve";
import { startStack } from "./stack";
import { Steps } from "./steps";

const startedAt = Number(process.env.GLIMPSE_STARTED_AT ?? Date.now());
const fresh = process.argv.includes("--fresh");
const port = Number(process.env.PORT || 3000);
const publicUrl = `http://localhost:${port}`;
/** To look at; a real log is published where the administrator of its database may not write. */
const logFolder = path.join(privateFolder, "demo-log");
const troubles: Record<string, string> = {
  ERR_INVALID_URL: "it is not a URL",
  ENOTFOUND: "there is no machine of that name",
  ECONNREFUSED: "nothing listens there",
  CONNECT_TIMEOUT: "nothing answers there",
  "28P01": "the password is wrong",
  "28000": "the account may not sign in",
  "3D000": "there is no such database",
};

const lifetime = new Lifetime();
const steps = new Steps();

lifetime.stopOnSignal();
try {
  await main();
} catch (error) {
  steps.end();
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  await lifetime.stop();
  process.exit(1);
}

async function main(): Promise<void> {
  console.log("Glimpse demo\n");
  steps.done("install", Number(process.env.GLIMPSE_INSTALL_SECONDS ?? 0));
  claimFolder();
  const ownServer = process.env.DATABASE_URL;
  if (ownServer) await checkServer(ownServer);
  if (fresh) await startOver(ownServer);
  const secrets = await recallSecrets(ownServer);
  const server = ownServer ? () => Promise.resolve(ownServer) : () => startEmbedded(secrets);
  const wanted = { name: "demo", server, secrets, port, publicUrl, logFolder, withPast: true };
  const { app, accounts } = await startStack({ ...wanted, lifetime, steps });
  steps.end();
  sayReady(accounts);
  await app.exited;
  if (lifetime.isEnding) return lifetime.stop();
  throw new Error(`The server stopped. It said:\n${lastLines(app.logFile)}`);
}

/** One demo a folder: two would share the data and the build. */
function claimFolder(): void {
  const claim = path.join(privateFolder, "running.json");
  try {
    fs.mkdirSync(privateFolder, { recursive: true, mode: 0o711 });
    fs.writeFileSync(claim, JSON.stringify({ pid: process.pid, url: publicUrl }));
  } catch {
    throw new Error(
      `This account may not write to ${privateFolder}: another one has used it. Remove the folder.`,
    );
  }
  lifetime.add(async () => fs.rmSync(claim, { force: true }));
}

async function startEmbedded(secrets: Secrets): Promise<string> {
  const { superuserPassword: password, databasePort: wished } = secrets;
  const cluster = await startCluster({ name: "demo", password, port: wished, durable: true });
  lifetime.add(cluster.stop);
  keepSecrets({ ...secrets, databasePort: cluster.port });
  return cluster.superuserUrl;
}

async function startOver(ownServer: string | undefined): Promise<void> {
  if (ownServer) await dropDatabases(ownServer);
  else await removeCluster("demo");
  forgetLog();
  forgetSecrets();
}

/** What was published of a log that is gone would say that the next one was rolled back. */
function forgetLog(): void {
  fs.rmSync(logFolder, { recursive: true, force: true });
}

/** Data whose passwords and keys are gone is of no use to anybody: such as that of a clone since removed. */
async function recallSecrets(ownServer: string | undefined): Promise<Secrets> {
  if (!ownServer && !hasCluster("demo")) forgetLog();
  const kept = readSecrets();
  if (kept) return kept;
  forgetLog();
  if (!ownServer && hasCluster("demo")) {
    console.log("  (the data of an earlier demo has lost its passwords: starting over)");
    await removeCluster("demo");
  }
  const secrets = newSecrets();
  keepSecrets(secrets);
  return secrets;
}

async function checkServer(url: string): Promise<void> {
  try {
    await asAdmin(url, (admin) => admin`select 1`);
  } catch (error) {
    const { code = "unknown" } = error as { code?: string };
    const why = troubles[code] ?? `it answers with ${code}`;
    throw new Error(`DATABASE_URL cannot be used: ${why}. Unset it to use the embedded server.`);
  }
  await refuseForeign(url);
}

function sayReady(accounts: DemoAccount[]): void {
  console.log(`\nGlimpse is ready: ${publicUrl}\n`);
  for (const { email, password, name, does } of accounts) {
    console.log(`  ${email.padEnd(26)}${password.padEnd(24)}${name}, ${does}`);
  }
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  console.log(`\n${seconds} s in all. Ctrl-C stops everything; the next start continues with the same data.`);
}
