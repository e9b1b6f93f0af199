import { fileURLToPath } from "node:url";
import { eq } from "drizzle-orm";
import type { Acknowledged, Received, Seen } from "./history";
import { approveRequest } from "@/lib/approvals/approve-request";
import { presentCheckpoint, startKeepingLog } from "@/lib/audit/keep-log";
import { record } from "@/lib/audit/recorded";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { readDatabase } from "@/lib/db/control-database";
import type { Role } from "@/lib/db/schema/people";
import { grants } from "@/lib/db/schema/requests";
import type { Draft } from "@/lib/requests/draft";
import { mailCheckpoint } from "@/lib/mail/mail-checkpoint";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";

type Person = { id: string; name: string; roles: Role[]; sessionId: string };

/** What an application under load is told in GLIMPSE_CRASH. */
export type WorkerTask = { name: string; ana: Person; max: Person; draft: Draft; raw: string };

/** What it says of itself, at the moment at which somebody else would know it. */
export type WorkerWord =
  | { kind: "ready" }
  | ({ kind: "acknowledged" } & Acknowledged)
  | ({ kind: "received" } & Received)
  | ({ kind: "checkpoint" } & Seen)
  | { kind: "failed"; why: string };

const MARKERS = 8;
const GRANTS = 4;
const CHECKPOINT_EVERY_MS = 300;

export const workerFile = fileURLToPath(import.meta.url);

/** Does deeds at the same moment for ever, as an application with many users, and goes on after every failure. */
async function work(task: WorkerTask): Promise<void> {
  process.on("disconnect", () => process.exit());
  startKeepingLog(mailCheckpoint);
  const [ana, max] = [contextOf(task.ana), contextOf(task.max)];
  const opened: string[] = [];
  while (opened.length < GRANTS)
    await tried(async () => void opened.push(await openGrant(ana, max, task.draft)));
  say({ kind: "ready" });
  for (let at = 0; at < MARKERS; at++) void again(marking(`${task.name}-${at}`));
  // Two at a time under each grant.
  for (const grantId of [...opened, ...opened]) void again(revealing(ana, grantId, task.raw));
  void again(signing, CHECKPOINT_EVERY_MS);
}

async function openGrant(ana: Context, max: Context, draft: Draft): Promise<string> {
  const { id } = await submitRequest(ana, draft);
  await approveRequest(max, { requestId: id, version: 1, words: null });
  // Not from the list of live ones, which ends at so many: each application leaves some behind.
  const [grant] = await ana.db.select({ id: grants.id }).from(grants).where(eq(grants.requestId, id));
  if (!grant) throw new Error("The approval left no grant.");
  await activateGrant(ana, grant.id);
  return grant.id;
}

function marking(name: string): () => Promise<void> {
  let nth = 0;
  return async () => {
    const mark = `${name}-${nth++}`;
    const startedMs = nowMs();
    await record(systemContext(), { code: "source.scanned", details: { mark } });
    say({ kind: "acknowledged", mark, startedMs, toldMs: nowMs() });
  };
}

const revealing = (ana: Context, grantId: string, raw: string) => async () => {
  const { values } = await revealFields(ana, { grantId });
  if (values[0]?.value !== raw) throw new Error("The reveal shows another value.");
  say({ kind: "received", grantId, atMs: nowMs() });
};

async function signing(): Promise<void> {
  const made = await presentCheckpoint();
  if (made)
    say({ kind: "checkpoint", size: made.checkpoint.size, root: made.checkpoint.root.toString("hex") });
}

async function again(deed: () => Promise<void>, pauseMs = 0): Promise<never> {
  for (;;) {
    await tried(deed);
    await pause(pauseMs);
  }
}

async function tried(deed: () => Promise<void>): Promise<void> {
  try {
    await deed();
  } catch (error) {
    say({ kind: "failed", why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
    await pause(20);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** By the clock that the database of the same machine has. */
const nowMs = () => Date.now();

function say(word: WorkerWord): void {
  process.send?.(word);
}

function contextOf({ id, name, roles, sessionId }: Person): Context {
  const actor = Actor.signedIn({ id, name, roles });
  return { actor, sessionId, channel: "console", ip: null, db: readDatabase() };
}

if (process.argv[1] === workerFile) await work(JSON.parse(process.env["GLIMPSE_CRASH"] ?? "") as WorkerTask);
