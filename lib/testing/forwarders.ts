import "server-only";
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { logSettings } from "@/lib/audit/log-settings";
import { recorded } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import { readDatabase } from "@/lib/db/control-database";
import type { DestinationId } from "@/lib/db/schema/forwarding";
import { forwardSettings } from "@/lib/forwarding/forward-settings";
import { Forwarder, type Turn } from "@/lib/forwarding/forwarder";
import { recordSettings } from "@/lib/forwarding/record-settings";

const here = fileURLToPath(import.meta.url);
const never = new AbortController().signal;

/** A forwarder as an instance would have it by the settings of now, whose receivers are given up soon. */
export function freshForwarder(id: DestinationId): {
  turn: () => Promise<Turn>;
  end: () => Promise<void>;
  pass: (ms: number) => void;
} {
  let now = 0;
  const destination = forwardSettings().find((one) => one.id === id);
  if (!destination) throw new Error("It is not in the settings.");
  const forwarder = new Forwarder(destination, {
    db: readDatabase(),
    settings: logSettings,
    now: () => now,
    wholeMs: 1_500,
  });
  return { turn: () => forwarder.turn(never), end: () => forwarder.end(), pass: (ms) => void (now += ms) };
}

/** What an instance does at its start. */
export const recordForwardSettings = () => recordSettings(forwardSettings());

/** Turns until there is nothing more to send. */
export async function forwardAll({ turn }: { turn: () => Promise<Turn> }): Promise<Turn> {
  let last: Turn;
  do last = await turn();
  while (last === "more");
  return last;
}

/** Writes so many events, of about the size that a reveal has. */
export async function happen(count: number, reason = "A customer called about an order"): Promise<void> {
  for (let left = count; left > 0; left -= 500) {
    const some = Array.from({ length: Math.min(left, 500) }, (_, at) => ({
      code: "reveal.opened" as const,
      reason,
      resource: { source: "Shop", table: "public.customers", recordCount: at, fields: ["email"] },
    }));
    const [first, ...rest] = some;
    if (first) await recorded(systemContext(), async () => ({ result: undefined, event: [first, ...rest] }));
  }
}

/** A process of its own that forwards to a destination, turn after turn, until it is killed. */
export async function startForwarder(id: DestinationId): Promise<{ kill: () => Promise<void> }> {
  const child = fork(here, ["forward", id], {
    execArgv: ["--conditions=react-server", "--import", "tsx"],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  return {
    kill: async () => {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}

if (process.argv[1] === here && process.argv[2] === "forward") {
  const forwarder = freshForwarder(process.argv[3] as DestinationId);
  process.send?.("ready");
  for (;;) if ((await forwarder.turn()) !== "more") await new Promise((resolve) => setTimeout(resolve, 20));
}
