import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { faultsOf, type Acknowledged, type Received, type Seen } from "./history";
import { MortalApp, MortalDatabase } from "./mortal";
import { readLog, readSeen, setStage } from "./stage";
import type { WorkerWord } from "./worker";
import { removeCluster } from "@/scripts/cluster";
import type { Lifetime } from "@/scripts/lifetime";
import { privateFolder } from "@/scripts/place";

/** What was killed how often, what was observed meanwhile, and what of it must not be. */
export type CrashReport = {
  databaseKills: number;
  appKills: number;
  acknowledged: number;
  received: number;
  seen: number;
  events: number;
  /** What failed while a server was away, and how often. */
  failures: Record<string, number>;
  faults: string[];
};

/** So much must be done after each start before the next kill, and so long that may take. */
const DEEDS_BETWEEN = 20;
const PATIENCE_MS = 120_000;
const AT_MOST_MS = 400;

/**
 * Kills the database and the application so often each, in turn, at a random moment of their work, and judges what was
 * observed by what the log says at the end.
 */
export async function crash(
  kills: number,
  lifetime: Lifetime,
  tell: (words: string) => void = () => {},
): Promise<CrashReport> {
  const name = `run-${process.pid}`;
  await removeCluster(name);
  const database = await MortalDatabase.start(name, randomBytes(24).toString("base64url"));
  lifetime.add(async () => {
    await database.stop();
    await removeCluster(name);
    fs.rmSync(path.join(privateFolder, `${name}-app.log`), { force: true });
  });
  const stage = await setStage(database.superuserUrl);
  const { ownerUrl } = stage.urls;
  const heard = new Heard();
  const app = new MortalApp(name, stage.env, (word) => heard.take(word));
  lifetime.add(() => app.kill());
  app.start({ ...stage.task, name: "app-0" });
  for (let round = 1; round <= kills; round++) {
    await heard.moreDeeds(app);
    await sleep(Math.random() * AT_MOST_MS);
    await database.killAndStart();
    heard.seen.push(await readSeen(ownerUrl));
    await heard.moreDeeds(app);
    await sleep(Math.random() * AT_MOST_MS);
    await app.kill();
    heard.seen.push(await readSeen(ownerUrl));
    tell(
      `${round} of ${kills}: ${heard.acknowledged.length} acknowledged, ${heard.received.length} received`,
    );
    app.start({ ...stage.task, name: `app-${round}` });
  }
  await heard.moreDeeds(app);
  await app.kill();
  const { rows, head } = await readLog(ownerUrl);
  const { acknowledged, received, seen, failures } = heard;
  return {
    ...{ databaseKills: kills, appKills: kills, failures: Object.fromEntries(failures) },
    ...{
      acknowledged: acknowledged.length,
      received: received.length,
      seen: seen.length,
      events: rows.length,
    },
    faults: faultsOf({ acknowledged, received, seen, rows, head }),
  };
}

/** What the applications have said. */
class Heard {
  readonly acknowledged: Acknowledged[] = [];
  readonly received: Received[] = [];
  readonly seen: Seen[] = [];
  readonly failures = new Map<string, number>();

  take(word: WorkerWord): void {
    if (word.kind === "acknowledged") this.acknowledged.push(word);
    if (word.kind === "received") this.received.push(word);
    if (word.kind === "checkpoint") this.seen.push(word);
    if (word.kind === "failed") this.failures.set(word.why, (this.failures.get(word.why) ?? 0) + 1);
  }

  /** Until deeds of each kind are done again: whatever was killed has come back. */
  async moreDeeds(app: MortalApp): Promise<void> {
    const [deeds, values] = [this.acknowledged.length, this.received.length];
    const until = performance.now() + PATIENCE_MS;
    while (
      this.acknowledged.length < deeds + DEEDS_BETWEEN ||
      this.received.length < values + DEEDS_BETWEEN
    ) {
      if (!app.isAlive) throw new Error(`The application died by itself.\n${app.lastWords}`);
      if (performance.now() > until)
        throw new Error(`Nothing goes on any more: ${JSON.stringify(Object.fromEntries(this.failures))}`);
      await sleep(10);
    }
  }
}
