import { Lifetime } from "./lifetime";
import { runProgram } from "./program";
import { throwawayCluster } from "./throwaway";

// The attacker of lib/testing/attack with all of its questions; in every test run it asks a quarter of them.
const lifetime = new Lifetime();
lifetime.stopOnSignal();
const cluster = await throwawayCluster();
lifetime.add(cluster.stop);
const { code } = await runProgram({
  program: "vitest",
  args: ["run", "--project", "db", "lib/testing/attack", "--reporter=verbose"],
  env: { GLIMPSE_TEST_DATABASE_URL: cluster.superuserUrl, GLIMPSE_ATTACK_REQUESTS: "10000" },
  minutes: 30,
  show: true,
});
await lifetime.stop();
process.exit(code);
