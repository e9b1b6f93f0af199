import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { removeCluster, startCluster, type Cluster } from "./cluster";
import { findPlace, privateFolder } from "./place";

/** A cluster for one run, removed when it stops; what killed runs have left is removed first. */
export async function throwawayCluster({ durable = false } = {}): Promise<Cluster> {
  for (const file of [...fs.readdirSync(findPlace().folder), ...fs.readdirSync(privateFolder)]) {
    const [name, pid] = /^(?:run|bench)-(\d+)/.exec(file) ?? [];
    if (!name || isAlive(Number(pid))) continue;
    await removeCluster(name);
    fs.rmSync(path.join(privateFolder, `${name}-app.log`), { force: true });
  }
  const name = `run-${process.pid}`;
  await removeCluster(name);
  const cluster = await startCluster({ name, password: randomBytes(24).toString("base64url"), durable });
  return {
    ...cluster,
    stop: async () => {
      await cluster.stop();
      await removeCluster(name);
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
