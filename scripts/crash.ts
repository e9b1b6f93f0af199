import { crash } from "./crash/run";
import { Lifetime } from "./lifetime";

// Kills the database and the application 50 times each, or as often as is asked for, and judges what the log says then.
const kills = Number(process.argv[2] ?? 50);
if (!Number.isInteger(kills) || kills < 1) {
  console.error("Say how often: npm run crash -- 50");
  process.exit(2);
}
const lifetime = new Lifetime();
lifetime.stopOnSignal();
try {
  const { faults, ...rest } = await crash(kills, lifetime, (words) => console.log(words));
  console.log(JSON.stringify(rest, null, 2));
  for (const fault of faults.slice(0, 50)) console.error(`FAULT ${fault}`);
  console.log(faults.length === 0 ? "Nothing was lost." : `${faults.length} faults.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
}
await lifetime.stop();
process.exit();
