import { findBrowser } from "./browser";
import { Lifetime } from "./lifetime";
import { inOrder, playwright } from "./runners";
import { Steps } from "./steps";
import { startTestStack } from "./test-stack";
import { throwawayCluster } from "./throwaway";
import type { Tally } from "./tally";
import { announce, announceStopped } from "./verdict";

// The tests in a browser alone: npm run e2e -- e2e/story.spec.ts
const lifetime = new Lifetime();
const steps = new Steps();
const found: Tally[] = [];
lifetime.stopOnSignal(announceStopped(found));
try {
  const cluster = await steps.run("database start", throwawayCluster);
  lifetime.add(cluster.stop);
  const browser = await findBrowser();
  const { env } = await startTestStack({ superuserUrl: cluster.superuserUrl, lifetime, steps });
  const wishes = process.argv.slice(2);
  await inOrder(steps, [playwright({ ...env, GLIMPSE_CHROMIUM: browser }, wishes)], found);
  await lifetime.stop();
  process.exit(announce(found));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await lifetime.stop();
  process.exit(1);
}
