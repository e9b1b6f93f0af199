import { findBrowser } from "./browser";
import { Lifetime } from "./lifetime";
import {
  arrows,
  deadCode,
  format,
  inOrder,
  lint,
  playwright,
  productionBuild,
  routeTypes,
  types,
  vitest,
} from "./runners";
import { Steps } from "./steps";
import { noTests, type Tally } from "./tally";
import { startTestStack } from "./test-stack";
import { throwawayCluster } from "./throwaway";
import { announce, announceStopped } from "./verdict";

const lifetime = new Lifetime();
const steps = new Steps();
const found: Tally[] = [];
lifetime.stopOnSignal(announceStopped(found));
await everything();
await lifetime.stop();
steps.end();
process.exit(announce(found));

/** Runs all of it and leaves what it finds in `found`. */
async function everything(): Promise<void> {
  console.log("Glimpse tests\n");
  steps.done("install", Number(process.env.GLIMPSE_INSTALL_SECONDS ?? 0));
  try {
    const cluster = await steps.run("database start", throwawayCluster);
    lifetime.add(cluster.stop);
    const database = { GLIMPSE_TEST_DATABASE_URL: cluster.superuserUrl };
    // Two cores, two lanes; the browser's download waits for the network, not for a core.
    const browser = steps.run("browser", findBrowser).catch((error: unknown) => error as Error);
    const [, built] = await Promise.all([
      inOrder(steps, [format, lint, arrows, deadCode, vitest("unit"), vitest("db", database)], found),
      inOrder(steps, [routeTypes, types, productionBuild], found),
    ]);
    const chromium = await browser;
    if (chromium instanceof Error) throw chromium;
    if (built.at(-1)?.failed.length)
      throw new Error("Without a build there is nothing to open in a browser.");
    const { env } = await startTestStack({ superuserUrl: cluster.superuserUrl, lifetime, steps });
    // Alone: what is timed in a browser must not wait for a compiler.
    await inOrder(steps, [playwright({ ...env, GLIMPSE_CHROMIUM: chromium })], found);
  } catch (error) {
    const output = error instanceof Error ? error.message : String(error);
    found.push({ ...noTests, failed: [{ name: "set-up", output }] });
  }
}
