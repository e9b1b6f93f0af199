import { Lifetime } from "./lifetime";
import { arrows, deadCode, format, inOrder, lint, routeTypes, types, vitest } from "./runners";
import { Steps } from "./steps";
import type { Tally } from "./tally";
import { announce, announceStopped } from "./verdict";

// All that needs neither a database nor a build: under a minute, before every commit.
const found: Tally[] = [];
new Lifetime().stopOnSignal(announceStopped(found));
const steps = new Steps();
await Promise.all([
  inOrder(steps, [routeTypes, types, vitest("unit")], found),
  inOrder(steps, [format, arrows, deadCode, lint], found),
]);
steps.end();
process.exit(announce(found));
