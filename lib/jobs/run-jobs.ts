import "server-only";
import { Jobs, type JobRules } from "@/lib/jobs/jobs";
import type { JobData, QueueName } from "@/lib/jobs/queues";
import type { JobsView } from "@/lib/jobs/view";
import { reportFailure } from "@/lib/web/report-failure";

const againMs = 30_000;

type Running = { jobs: Jobs | null; starting: Promise<void>; stopped: boolean; waiting?: NodeJS.Timeout };

// Pages and the start-up of Next.js are bundled apart: they meet on the global object.
const kept = globalThis as typeof globalThis & { glimpseJobs?: Running };

/**
 * Serves the queue in this instance, now and after every failure again. Pages work without it: what is asked for waits
 * in the control database, and the settings page says so.
 */
export function startJobs(rules: JobRules): void {
  if (kept.glimpseJobs) return;
  const running: Running = { jobs: null, starting: Promise.resolve(), stopped: false };
  kept.glimpseJobs = running;
  const start = async () => {
    const jobs = new Jobs(rules);
    try {
      await jobs.start();
      running.jobs = jobs;
    } catch (error) {
      reportFailure(error);
      if (running.stopped) return;
      running.waiting = setTimeout(() => {
        running.starting = start();
      }, againMs);
      running.waiting.unref();
    }
  };
  running.starting = start();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stopJobs());
}

/** Takes no more jobs in this instance and gives back what runs. */
async function stopJobs(): Promise<void> {
  const running = kept.glimpseJobs;
  if (!running) return;
  running.stopped = true;
  clearTimeout(running.waiting);
  await running.starting;
  await running.jobs?.stop();
  running.jobs = null;
}

/**
 * Puts a job into a queue, so that it runs at once. Where the queue is not served, or fails, whoever serves it finds the
 * work within a minute by what is stored.
 */
export async function sendJob(name: QueueName, data: JobData): Promise<void> {
  try {
    await kept.glimpseJobs?.jobs?.send(name, data);
  } catch (error) {
    reportFailure(error);
  }
}

/** Whether this instance works in the background. */
export function readJobs(): JobsView {
  return { running: kept.glimpseJobs?.jobs != null };
}
