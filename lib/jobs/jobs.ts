import "server-only";
import PgBoss from "pg-boss";
import { openJobDatabase, type JobDatabase } from "@/lib/db/job-database";
import { jobSchema, queueNames, type JobData, type QueueName } from "@/lib/jobs/queues";
import { reportFailure } from "@/lib/web/report-failure";

/**
 * Does one job, or a part of it: `again` asks for another job that goes on. The signal says that this instance stops;
 * whoever throws then leaves the job to another one.
 */
export type Worker = (id: string, stopping: AbortSignal) => Promise<"done" | "again">;
export type Send = (name: QueueName, data: JobData) => Promise<void>;

export type JobRules = {
  workers: Readonly<Record<QueueName, Worker>>;
  /** What has to be looked after now and then: schedules, and runs whose job was lost. */
  everyMinute: (send: Send) => Promise<void>;
  /** What somebody waits for: work that is stored and has no job yet. */
  everyFewSeconds?: (send: Send) => Promise<void>;
  pollSeconds?: number;
  superviseSeconds?: number;
};

const tidyMs = 60_000;
const soonMs = 5_000;
const oncePerMs = 60_000;

/** The queue as one instance serves it; any number of instances may, each job is given to one of them. */
export class Jobs {
  readonly #rules: JobRules;
  readonly #database: JobDatabase;
  readonly #boss: PgBoss;
  readonly #stopping = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(rules: JobRules) {
    this.#rules = rules;
    this.#database = openJobDatabase();
    this.#boss = new PgBoss({
      db: { executeSql: (text, values) => this.#database.executeSql(text, values as unknown[] | undefined) },
      schema: jobSchema,
      // Tables are made by `npm run db:migrate`, as their owner.
      migrate: false,
      schedule: false,
      maintenanceIntervalSeconds: rules.superviseSeconds ?? 15,
      pollingIntervalSeconds: rules.pollSeconds ?? 2,
      deleteAfterDays: 1,
    });
    // A database that is away for a while is told once a minute; the queue asks on until it is back.
    this.#boss.on("error", (error) => this.#report(error));
  }

  /** Begins to take jobs; throws when the queue cannot be reached or is not as new as this build. */
  async start(): Promise<void> {
    try {
      await this.#boss.start();
      for (const name of queueNames) await this.#serve(name);
    } catch (error) {
      await this.stop();
      throw error;
    }
    this.#keepLooking(this.#rules.everyMinute, tidyMs);
    if (this.#rules.everyFewSeconds) this.#keepLooking(this.#rules.everyFewSeconds, soonMs);
  }

  /** Puts a job into a queue; nothing happens when one of this key waits there already. */
  readonly send: Send = async (name, data) => {
    await this.#boss.send(name, data, { singletonKey: data.key });
  };

  /** Takes no more jobs, gives back what runs for others to go on with, and closes its connections. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#stopping.abort();
    await this.#boss.stop({ timeout: 3_000 }).catch(() => undefined);
    await this.#database.end().catch(() => undefined);
  }

  async #serve(name: QueueName): Promise<void> {
    await this.#boss.work<JobData>(name, async (jobs) => {
      for (const { data } of jobs) await this.#work(name, data);
    });
  }

  /** What a job throws is kept beside it, so it may hold no words of a database (law 6). */
  async #work(name: QueueName, data: JobData): Promise<void> {
    try {
      const how = await this.#rules.workers[name](data.id, this.#stopping.signal);
      if (how === "again") await this.send(name, data);
    } catch (error) {
      if (this.#stopping.signal.aborted) throw wordless("The instance stopped.");
      this.#report(error);
      throw wordless("The job failed.");
    }
  }

  /** Looks now and again and again; a look that takes long is not joined by the next. */
  #keepLooking(look: (send: Send) => Promise<void>, everyMs: number): void {
    let looking = false;
    const turn = async () => {
      if (looking) return;
      looking = true;
      try {
        await look(this.send);
      } catch (error) {
        this.#report(error);
      } finally {
        looking = false;
      }
    };
    const timer = setInterval(() => void turn(), everyMs);
    timer.unref();
    this.#timers.push(timer);
    void turn();
  }

  #report(error: unknown): void {
    if (this.#stopping.signal.aborted || performance.now() - this.#reportedAt < oncePerMs) return;
    this.#reportedAt = performance.now();
    reportFailure(error);
  }
}

function wordless(words: string): Error {
  const error = new Error(words);
  error.stack = "";
  return error;
}
