import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { measureAppend } from "./append";
import { measureAuditLog } from "./audit-log";
import { measureBrowse } from "./browse";
import { measureDiscover } from "./discover";
import { measureExport } from "./export";
import { measureInbox } from "./inbox";
import { measureLive } from "./live";
import { measureLookup } from "./lookup";
import { measureMasks } from "./masks";
import type { Row } from "./measure";
import { measurePolicy } from "./policy";
import { measureReveal } from "./reveal";
import { measureScale } from "./scale";
import { startBenchStack } from "./stack";
import { measureVerify } from "./verify";
import { Lifetime } from "@/scripts/lifetime";
import { root } from "@/scripts/place";
import { Steps } from "@/scripts/steps";

/** What each ratio, or figure, should reach: at the most, or at the least. */
type Goal = { of: "ratio" | "value" } & ({ atMost: number } | { atLeast: number });
const goals: Record<string, Goal> = {
  "browse.masked_vs_clear": { of: "ratio", atMost: 1.1 },
  "browse.deep_vs_first": { of: "ratio", atMost: 1.15 },
  "browse.vs_bare_page": { of: "ratio", atMost: 1.3 },
  "browse.script_kb": { of: "value", atMost: 150 },
  "reveal.vs_floor": { of: "ratio", atMost: 2 },
  "lookup.vs_floor": { of: "ratio", atMost: 2 },
  "export.masked_vs_copy": { of: "ratio", atMost: 2 },
  "export.memory_1m_vs_100k": { of: "ratio", atMost: 1.1 },
  "browse.10m_vs_10k": { of: "ratio", atMost: 1.2 },
  "browse.500_columns_vs_20": { of: "ratio", atMost: 1.2 },
  "discover.1000_columns_s": { of: "value", atMost: 60 },
  "policy.decide_200_rules_ms": { of: "value", atMost: 1 },
  "policy.replay_100k_s": { of: "value", atMost: 10 },
  "live.revoke_p95_ms": { of: "value", atMost: 1_000 },
  "live.decide_p95_ms": { of: "value", atMost: 1_000 },
  "inbox.10k_vs_10": { of: "ratio", atMost: 1.5 },
  "audit.append_vs_plain_16": { of: "ratio", atLeast: 0.7 },
  "report.subject_10m_s": { of: "value", atMost: 1 },
  "audit.page_10m_vs_10k": { of: "ratio", atMost: 1.3 },
  "audit.page_of_two_10m_ms": { of: "value", atMost: 300 },
  "audit.export_vs_copy": { of: "ratio", atMost: 3 },
  "audit.export_memory_1m_vs_100k": { of: "ratio", atMost: 1.1 },
  "audit.verify_events_per_s": { of: "value", atLeast: 100_000 },
};

const lifetime = new Lifetime();
const steps = new Steps();
lifetime.stopOnSignal();
try {
  console.log("Glimpse bench\n");
  const stack = await startBenchStack({ lifetime, steps });
  const parts: readonly (readonly [name: string, measure: () => Promise<Row[]>])[] = [
    ["browse", () => measureBrowse(stack, lifetime)],
    ["reveal", () => measureReveal(stack)],
    ["live", () => measureLive(stack)],
    ["lookup", () => measureLookup(stack)],
    ["export", () => measureExport(stack)],
    ["masks", () => measureMasks(stack.readerUrl)],
    ["scale", () => measureScale(stack)],
    ["discover", () => measureDiscover(stack)],
    ["policy", () => measurePolicy(stack)],
    ["inbox", () => measureInbox(stack)],
    ["append", () => measureAppend(stack)],
    ["verify", measureVerify],
    ["log", () => measureAuditLog(stack)],
  ];
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !parts.some(([part]) => part === name));
  if (unknown !== undefined)
    throw new Error(`There is no part ${unknown}: ${parts.map(([name]) => name).join(", ")}.`);
  const rows: Row[] = [];
  for (const [name, measure] of parts) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    rows.push(...(await steps.run(name, measure)));
    // What is measured stays, whatever becomes of the rest, and what is not measured this time stays as it was.
    write("results.json", merged(readResults(), rows));
  }
  steps.end();
  report(rows);
} catch (error) {
  steps.end();
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
}
await lifetime.stop();
process.exit();

/** The rows of before with the new ones in their places, and after them those of a new name. */
function merged(old: readonly Row[], fresh: readonly Row[]): Row[] {
  const byName = new Map([...old, ...fresh].map((one) => [one.name, one]));
  return [...byName.values()];
}

function readResults(): Row[] {
  const file = path.join(root, "bench/results.json");
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Row[]) : [];
}

function report(rows: Row[]): void {
  console.log();
  console.table(rows.map((row) => ({ ...row, ...verdict(row) })));
  write("machine.json", {
    cpu: os.cpus()[0]?.model,
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    takenAt: new Date().toISOString(),
  });
}

function verdict(row: Row): { goal: string; reached: string } {
  const goal = goals[row.name];
  if (!goal) return { goal: "", reached: "" };
  const figure = row[goal.of];
  return "atMost" in goal
    ? { goal: `${goal.of} ≤ ${goal.atMost}`, reached: figure <= goal.atMost ? "yes" : "NO" }
    : { goal: `${goal.of} ≥ ${goal.atLeast}`, reached: figure >= goal.atLeast ? "yes" : "NO" };
}

function write(name: string, content: unknown): void {
  fs.writeFileSync(path.join(root, "bench", name), `${JSON.stringify(content, null, 2)}\n`);
}
