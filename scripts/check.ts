import { Lifetime } from "./lifetime";
import { arrows, deadCode, format, inOrder, lint, routeTypes, types, vitest } from "./runners";
import { Steps } from "./steps";
import { announce } from "./verdict";

// All that needs neither a database nor a build: under a minute, before every commit.
new Lifetime().stopOnSignal();
const steps = new Steps();
const [typeLane, otherLane] = await Promise.all([
  inOrder(steps, [routeTypes, types, vitest("unit")]),
  inOrder(steps, [format, arrows, deadCode, lint]),
]);
steps.end();
process.exit(announce([...typeLane, ...otherLane]));
