import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { lookForAnomaliesJob } from "@/lib/anomalies/tend-anomalies";
import { giveUpDiscovery, workAtDiscovery } from "@/lib/catalog/tend-discoveries";
import { collectMailJob, sendMailJob } from "@/lib/mail/tend-mail";
import { pruneLog } from "@/lib/retention/prune-log";
import { Jobs } from "@/lib/jobs/jobs";

const here = fileURLToPath(import.meta.url);

/** A process that serves the queue of the control database and nothing else, as an instance of Glimpse would. */
export async function startInstance(): Promise<{ kill: () => Promise<void>; stop: () => Promise<void> }> {
  const child = fork(here, ["serve"], {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  return { kill: () => ended(child, "SIGKILL"), stop: () => ended(child, "SIGTERM") };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
}

if (process.argv[1] === here && process.argv[2] === "serve") {
  const jobs = new Jobs({
    workers: {
      discovery: workAtDiscovery,
      "discovery-lost": giveUpDiscovery,
      "mail-collect": collectMailJob,
      "mail-send": sendMailJob,
      anomalies: lookForAnomaliesJob,
      "audit-prune": pruneLog,
    },
    everyMinute: () => Promise.resolve(),
    pollSeconds: 0.5,
    superviseSeconds: 1,
  });
  await jobs.start();
  process.once("SIGTERM", () => void jobs.stop().then(() => process.exit(0)));
  process.send?.("ready");
}
