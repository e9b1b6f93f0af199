import postgres from "postgres";
import { row, type Row } from "./measure";
import { openGrant } from "./reveal";
import type { BenchStack } from "./stack";
import { recorded } from "@/lib/audit/recorded";
import { canonicalEntry } from "@/lib/audit/entry";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { writeTransaction, type WriteTransaction } from "@/lib/db/control-database";
import { openCoverage } from "@/lib/reveals/open-coverage";

const clients = 16;
const rounds = 8;
const warmUp = 1;
const roundMs = 3_000;

/**
 * Transactions a second of sixteen who open reveals at once, each under a grant of their own: with our append, and with
 * the same event put by one INSERT into a table of the same columns and indexes, which has no tree, no numbers without a
 * gap and no lock.
 */
export async function measureAppend(stack: BenchStack): Promise<Row[]> {
  const [ana, max] = [(await stack.signIn("Ana")).ctx, (await stack.signIn("Max")).ctx];
  const grants: string[] = [];
  for (let at = 0; at < clients; at++) grants.push(await openGrant(stack, ana, max, String(1_000 + at)));
  const owner = postgres(stack.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(plainTable);
  await owner.end({ timeout: 5 });
  const open = (grantId: string) => (tx: WriteTransaction) => openCoverage(tx, ana, grantId, {});
  const subjects = {
    tree: (grantId: string) => recorded(ana, open(grantId)),
    plain: (grantId: string) => writeTransaction(open(grantId), ({ event }) => insertPlain(ana, event)),
  };
  const done = { tree: 0, plain: 0 };
  for (let round = -warmUp; round < rounds; round++)
    for (const name of round % 2 === 0 ? (["tree", "plain"] as const) : (["plain", "tree"] as const)) {
      const rate = await rateOf(grants, subjects[name]);
      if (round >= 0) done[name] += rate / rounds;
    }
  return [row("audit.append_vs_plain_16", "transactions per s", done.tree, done.plain, rounds)];
}

/** How many a second all get done, each one after the other. */
async function rateOf(
  grants: readonly string[],
  deed: (grantId: string) => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now();
  const endsAt = startedAt + roundMs;
  let count = 0;
  const one = async (grantId: string) => {
    while (performance.now() < endsAt) {
      await deed(grantId);
      count++;
    }
  };
  await Promise.all(grants.map(one));
  return count / ((performance.now() - startedAt) / 1_000);
}

const plainTable = `
  CREATE TABLE bench_plain_events (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry text NOT NULL, code text NOT NULL, outcome text NOT NULL,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(), actor_id uuid, source_id uuid, table_id uuid,
    request_id uuid, grant_id uuid
  );
  CREATE INDEX ON bench_plain_events (code, seq);
  CREATE INDEX ON bench_plain_events (actor_id, seq);
  CREATE INDEX ON bench_plain_events (table_id, seq) WHERE table_id IS NOT NULL;
  CREATE INDEX ON bench_plain_events (request_id, seq) WHERE request_id IS NOT NULL;
  CREATE INDEX ON bench_plain_events USING brin (occurred_at);
  GRANT INSERT ON bench_plain_events TO glimpse_app`;

function insertPlain({ actor, sessionId, channel, ip }: Context, event: AuditEvent) {
  const { kind, id, name, roles } = actor;
  const frame = { seq: 0, occurredUs: 0, actor: { kind, id, name, roles }, session: sessionId, channel, ip };
  return {
    text: `INSERT INTO bench_plain_events
      (entry, code, outcome, actor_id, source_id, table_id, request_id, grant_id) VALUES
      ($1, $2, 'success', $3, $4, $5, $6, $7)`,
    params: [
      canonicalEntry(frame, event),
      ...[event.code, id ?? "", event.resource?.sourceId ?? "", event.resource?.tableId ?? ""],
      ...[event.requestId ?? "", event.grantId ?? ""],
    ],
  };
}
