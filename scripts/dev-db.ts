import { Lifetime } from "./lifetime";
import { throwawayCluster } from "./throwaway";

// A database server for `npx vitest`, gone with Ctrl-C.
const lifetime = new Lifetime();
lifetime.stopOnSignal();
const cluster = await throwawayCluster();
lifetime.add(cluster.stop);
console.log(`export GLIMPSE_TEST_DATABASE_URL=${cluster.superuserUrl}`);
setInterval(() => {}, 2 ** 30);
