import "server-only";
import type fc from "fast-check";
import postgres from "postgres";
import { afterAll } from "vitest";
import { Refusal } from "@/lib/refusal";
import type { Control } from "../control";
import { openGatedWire, type GatedWire } from "./gated-wire";

/** What became of a deed in a race. */
export type Outcome = {
  /** `done`, or the code of its refusal. */
  told: string;
  /** The moments, counted in statements, at which it was over and its last statement was let through. */
  at: number;
  lastAt: number;
};

export type Racetrack = {
  /** Puts the wire in front of a control database. */
  through: (url: string) => Promise<string>;
  /** The wire, to cut it. */
  wire: () => GatedWire;
  /** Runs these deeds at once, their statements in the order of the scheduler; anything but a refusal is thrown. */
  run: (
    control: Control,
    scheduler: fc.Scheduler,
    deeds: readonly (() => Promise<unknown>)[],
  ) => Promise<Outcome[]>;
};

/** A wire to the control database of a test file, on which the statements of writers can be put in order. */
export function useRacetrack(): Racetrack {
  let wire: GatedWire | undefined;
  let watcher: postgres.Sql | undefined;
  afterAll(async () => {
    await watcher?.end({ timeout: 5 });
    await wire?.close();
  });
  return {
    through: async (url) => {
      const to = new URL(url);
      wire = await openGatedWire({ host: to.hostname, port: Number(to.port) });
      to.port = String(wire.port);
      return to.href;
    },
    wire: () => {
      if (!wire) throw new Error("There is no wire yet.");
      return wire;
    },
    run: async ({ database }, scheduler, deeds) => {
      if (!wire) throw new Error("There is no wire yet.");
      // Only a superuser sees what the sessions of another role wait for.
      watcher ??= postgres(database.superuserUrl, { max: 1 });
      return race(wire, watcher, scheduler, deeds);
    },
  };
}

const STUCK_MS = 20_000;

async function race(
  wire: GatedWire,
  watcher: postgres.Sql,
  scheduler: fc.Scheduler,
  deeds: readonly (() => Promise<unknown>)[],
): Promise<Outcome[]> {
  let clock = 0;
  let lastAt = 0;
  let going = deeds.length;
  wire.hold(async (connection) => {
    await scheduler.schedule(Promise.resolve(), `connection ${connection}`);
    lastAt = clock++;
    return "goes on";
  });
  const over = (told: string): Outcome => ({ told, at: clock++, lastAt });
  const all = Promise.allSettled(
    deeds.map((deed) =>
      deed()
        .then(
          () => over("done"),
          (error: unknown) => {
            if (error instanceof Refusal) return over(error.code);
            throw error;
          },
        )
        .finally(() => (going -= 1)),
    ),
  );
  try {
    await drive(wire, watcher, scheduler, () => going);
  } finally {
    wire.hold(null);
    while (scheduler.count() > 0) await scheduler.waitNext(1);
  }
  return (await all).map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

/** Lets one statement through at a time, each when every other deed waits: for its turn, or for a lock. */
async function drive(
  wire: GatedWire,
  watcher: postgres.Sql,
  scheduler: fc.Scheduler,
  going: () => number,
): Promise<void> {
  const deadline = performance.now() + STUCK_MS;
  while (going() > 0) {
    if (performance.now() > deadline) throw new Error("The race came to no end.");
    await new Promise((resolve) => setImmediate(resolve));
    if (scheduler.count() === 0) continue;
    if (wire.waiting() < going() && wire.waiting() + (await blocked(watcher)) < going()) continue;
    await scheduler.waitNext(1);
  }
}

async function blocked(watcher: postgres.Sql): Promise<number> {
  const [row] = await watcher<{ count: number }[]>`
    SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return row!.count;
}
