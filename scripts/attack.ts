import { Lifetime } from "./lifetime";
import { runProgram } from "./program";
import { inOrder, playwright } from "./runners";
import { Steps } from "./steps";
import type { Tally } from "./tally";
import { startTestStack } from "./test-stack";
import { throwawayCluster } from "./throwaway";
import { announce } from "./verdict";

// The attacker of lib/testing/attack with all of its questions, against the functions behind the pages and over HTTP
// against the running build; in every test run it asks a part of them.
const whole = { GLIMPSE_ATTACK_REQUESTS: "10000" };
const lifetime = new Lifetime();
const steps = new Steps();
const found: Tally[] = [];
lifetime.stopOnSignal();
try {
  const cluster = await steps.run("database start", throwawayCluster);
  lifetime.add(cluster.stop);
  const { code } = await runProgram({
    program: "vitest",
    args: ["run", "--project", "db", "lib/testing/attack", "--reporter=verbose"],
    env: { GLIMPSE_TEST_DATABASE_URL: cluster.superuserUrl, ...whole },
    minutes: 30,
    show: true,
  });
  const { env } = await startTestStack({ superuserUrl: cluster.superuserUrl, lifetime, steps });
  await inOrder(steps, [playwright({ ...env, ...whole }, ["e2e/attack.spec.ts"])], found);
  await lifetime.stop();
  process.exit(Math.max(code, announce(found)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await lifetime.stop();
  process.exit(1);
}
