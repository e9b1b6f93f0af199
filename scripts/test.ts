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
import { announce } from "./verdict";

const lifetime = new Lifetime();
const steps = new Steps();
lifetime.stopOnSignal();
const tallies = await everything();
await lifetime.stop();
steps.end();
process.exit(announce(tallies));

async function everything(): Promise<Tally[]> {
  console.log("Glimpse tests\n");
  steps.done("install", Number(process.env.GLIMPSE_INSTALL_SECONDS ?? 0));
  const tallies: Tally[] = [];
  try {
    const cluster = await steps.run("database start", throwawayCluster);
    lifetime.add(cluster.stop);
    const database = { GLIMPSE_TEST_DATABASE_URL: cluster.superuserUrl };
    // Two cores, two lanes; the browser's download waits for the network, not for a core.
    const browser = steps.run("browser", findBrowser).catch((error: unknown) => error as Error);
    const [statics, built] = await Promise.all([
      inOrder(steps, [format, lint, arrows, deadCode, vitest("unit"), vitest("db", database)]),
      inOrder(steps, [routeTypes, types, productionBuild]),
    ]);
    tallies.push(...statics, ...built);
    const found = await browser;
    if (found instanceof Error) throw found;
    if (built.at(-1)?.failed.length)
      throw new Error("Without a build there is nothing to open in a browser.");
    const { env } = await startTestStack({ superuserUrl: cluster.superuserUrl, lifetime, steps });
    // Alone: what is timed in a browser must not wait for a compiler.
    tallies.push(...(await inOrder(steps, [playwright({ ...env, GLIMPSE_CHROMIUM: found })])));
  } catch (error) {
    const output = error instanceof Error ? error.message : String(error);
    tallies.push({ ...noTests, failed: [{ name: "set-up", output }] });
  }
  return tallies;
}
