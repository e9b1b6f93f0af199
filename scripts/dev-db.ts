import { throwawayCluster } from "./throwaway";

// A database server for `npx vitest`, gone with Ctrl-C.
const cluster = await throwawayCluster();
console.log(`export GLIMPSE_TEST_DATABASE_URL=${cluster.superuserUrl}`);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => void cluster.stop().then(() => process.exit(0)));
}
setInterval(() => {}, 2 ** 30);
