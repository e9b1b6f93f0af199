import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import canonicalize from "canonicalize";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkpointText } from "@/lib/audit/checkpoint";
import { eventCodes } from "@/lib/audit/codes";
import { exportCells, exportColumns, exportEvents } from "@/lib/audit/export-events";
import { exportEnd, exportHeader, exportLine, exportProof, type ExportedRow } from "@/lib/audit/export-proof";
import { serveCheckpoint } from "@/lib/audit/serve-tiles";
import { GrowingTree, leafHash } from "@/lib/audit/merkle";
import { record, recorded } from "@/lib/audit/recorded";
import { signatureLine, writeNote, writeVerifierKey } from "@/lib/audit/signed-note";
import type { Context } from "@/lib/auth/context";
import { csvStream } from "@/lib/csv-stream";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { freshKeeper, freshKey, turnOf } from "@/lib/testing/log-key";
import { oneOfEach, pathsOf, withAnother } from "@/lib/testing/one-of-each";
import { main } from "@/scripts/verifier/glimpse-verify.mjs";

const control = useControlDatabase();
const log = freshKey();
const key = writeVerifierKey(log.key);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-tamper-"));
const folder = path.join(scratch, "published");
const codes = Object.keys(eventCodes);
let ivy: Context;
/** Who may do everything to the database: the adversary. */
let superuser: postgres.Sql;
let note: string;
let honest: Row[];

type Row = Omit<ExportedRow, "seq"> & { seq: string };
const columns =
  "seq, code, outcome, occurred_at, actor_id, source_id, table_id, request_id, grant_id, leaf_hash, entry";

beforeAll(async () => {
  superuser = postgres(control.database.superuserUrl, {
    max: 1,
    onnotice: () => {},
    transform: postgres.camel,
  });
  Object.assign(process.env, { GLIMPSE_LOG_KEY: log.text, GLIMPSE_LOG_FOLDER: folder });
  ivy = { ...(await signedIn(control, { name: "Ivy", roles: ["auditor", "admin"] })), ip: "192.0.2.7" };
  const [first, ...rest] = oneOfEach();
  await recorded(ivy, async () => ({ result: undefined, event: [first!, ...rest] }));
  await turnOf(freshKeeper().keeper);
  note = fs.readFileSync(path.join(folder, "checkpoint"), "utf8");
  honest = await rowsAfter(async () => undefined);
});

afterAll(async () => {
  for (const name of ["GLIMPSE_LOG_KEY", "GLIMPSE_LOG_FOLDER"]) delete process.env[name];
  await superuser?.end();
  fs.rmSync(scratch, { recursive: true });
});

/** The export that a server would give of these rows, with the checkpoint that was published. */
function exportOf(rows: readonly Row[]): string {
  const header = exportHeader({ kind: "whole", size: codes.length, filter: {}, checkpoint: note });
  return [header, ...rows.map(lineOf), exportEnd(rows.length)].join("");
}

const lines = new WeakMap<Row, string>();

function lineOf(row: Row): string {
  const line = lines.get(row) ?? exportLine({ ...row, seq: Number(row.seq) }, null);
  lines.set(row, line);
  return line;
}

async function verify(
  text: string,
  ...more: string[]
): Promise<{ code: number; event: unknown; what: string }> {
  const file = path.join(scratch, "export");
  fs.writeFileSync(file, text);
  const { code, words } = await main([file, "--key", key, "--json", ...more]);
  return { code, ...(JSON.parse(words) as { event: unknown; what: string }) };
}

class Undone extends Error {}

/** What the log says after these statements of a superuser with all triggers off; then they are undone. */
async function rowsAfter(deed: (sql: postgres.TransactionSql) => Promise<unknown>): Promise<Row[]> {
  let rows: Row[] = [];
  await superuser
    .begin(async (sql) => {
      await sql`SET LOCAL session_replication_role = replica`;
      await deed(sql);
      rows = await sql.unsafe<Row[]>(`SELECT ${columns} FROM audit_events ORDER BY seq`);
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return rows;
}

/** Writes an entry in place of another with its hash and all its columns, as somebody who knows the log would. */
function rewrite(sql: postgres.TransactionSql, seq: number, entry: string): Promise<Row[]> {
  return sql<Row[]>`UPDATE audit_events SET entry = ${entry}, leaf_hash = ${leafHash(entry)},
      code = s ->> 'code', outcome = s ->> 'outcome',
      occurred_at = to_timestamp(((s ->> 'occurredUs')::bigint / 1000)::double precision / 1000),
      actor_id = (s #>> '{actor,id}')::uuid, source_id = (s #>> '{resource,sourceId}')::uuid,
      table_id = (s #>> '{resource,tableId}')::uuid, request_id = (s ->> 'requestId')::uuid, grant_id = (s ->> 'grantId')::uuid
    FROM (SELECT ${entry}::text::jsonb AS s) told WHERE seq = ${seq} RETURNING ${sql.unsafe(columns)}`;
}

const renumbered = (entry: string, seq: number) =>
  canonicalize({ ...(JSON.parse(entry) as object), seq }) ?? "";

test("the log as it was written is good", async () => {
  expect(honest).toHaveLength(codes.length);
  expect(await verify(exportOf(honest), "--published", folder)).toMatchObject({ code: 0 });
});

describe("an edit of any field, with its hash and all columns, is found and named", () => {
  test.each(codes.map((code, seq) => ({ code, seq })))("$code", async ({ code, seq }) => {
    const entry = JSON.parse(honest[seq]!.entry) as Record<string, unknown>;
    expect(entry["code"]).toBe(code);
    const paths = pathsOf(entry);
    expect(paths.length).toBeGreaterThan(35);
    const edited = paths.filter(([name]) => !["seq", "outcome"].includes(String(name)));
    const rows: Row[] = [];
    await rowsAfter(async (sql) => {
      for (const at of edited)
        rows.push(...(await rewrite(sql, seq, canonicalize(withAnother(entry, at)) ?? "")));
    });
    for (const [index, at] of edited.entries()) {
      const row = rows[index]!;
      expect(row.entry, at.join(".")).not.toBe(honest[seq]!.entry);
      const answer = await verify(exportOf(honest.with(seq, row)), "--published", folder);
      expect(answer, at.join(".")).toMatchObject({ code: 1, event: seq });
    }
    const outcome = entry["outcome"] === "refused" ? "success" : "refused";
    const judged = await rowsAfter((sql) => rewrite(sql, seq, canonicalize({ ...entry, outcome }) ?? ""));
    expect(await verify(exportOf(judged), "--published", folder)).toMatchObject({ code: 1, event: seq });
    expect(await verify(exportOf(judged)), "against the checkpoint alone").toMatchObject({ code: 1 });
  });
});

describe("an edit of a column beside the entry is found and named", () => {
  const id = "'99999999-0000-4000-8000-00000000ffff'";
  const others: Record<string, string> = {
    code: "'request.denied!'",
    outcome: "CASE outcome WHEN 'failure' THEN 'refused' ELSE 'failure' END",
    occurred_at: "occurred_at - interval '1 day'",
    ...Object.fromEntries(
      ["actor_id", "source_id", "table_id", "request_id", "grant_id"].map((name) => [name, id]),
    ),
  };
  test.each(Object.entries(others))("%s", async (column, value) => {
    const all = await rowsAfter((sql) => sql.unsafe(`UPDATE audit_events SET ${column} = ${value}`));
    for (const seq of codes.keys())
      expect(await verify(exportOf(honest.with(seq, all[seq]!)))).toMatchObject({
        code: 1,
        event: seq,
        what: `Its column ${column} does not say what its entry says.`,
      });
  });
});

describe("an event of any code that is taken away, put in or exchanged is found and named", () => {
  test("deleted, and the others left as they are, or numbered anew to close the gap", async () => {
    for (const seq of [...codes.keys()].slice(0, -1)) {
      const gap = await rowsAfter((sql) => sql`DELETE FROM audit_events WHERE seq = ${seq}`);
      expect(await verify(exportOf(gap))).toMatchObject({ code: 1, event: seq });
      const closed = gap.map((row, at) => renamed(row, at));
      expect(await verify(exportOf(closed), "--published", folder)).toMatchObject({ code: 1, event: seq });
      expect(await verify(exportOf(closed))).toMatchObject({ code: 1 });
    }
  });

  test("put in, and all that follow numbered anew", async () => {
    for (const seq of codes.keys()) {
      const doubled = honest
        .toSpliced(seq, 0, honest[(seq + 5) % codes.length]!)
        .map((row, at) => renamed(row, at));
      expect(await verify(exportOf(doubled), "--published", folder)).toMatchObject({ code: 1, event: seq });
    }
  });

  test("exchanged with the next one, numbers and all", async () => {
    for (const seq of [...codes.keys()].slice(0, -1)) {
      const [one, two] = [honest[seq]!, honest[seq + 1]!];
      const swapped = await rowsAfter(async (sql) => {
        await rewrite(sql, seq, renumbered(two.entry, seq));
        await rewrite(sql, seq + 1, renumbered(one.entry, seq + 1));
      });
      expect(await verify(exportOf(swapped), "--published", folder)).toMatchObject({ code: 1, event: seq });
    }
  });

  test("the last ones taken away", async () => {
    for (const size of [...codes.keys()].slice(1)) {
      const short = await rowsAfter((sql) => sql`DELETE FROM audit_events WHERE seq >= ${size}`);
      expect(await verify(exportOf(short))).toMatchObject({ code: 1, event: size });
    }
  });
});

/** The row of an event under another number. */
function renamed(row: Row, seq: number): Row {
  const entry = renumbered(row.entry, seq);
  return { ...row, seq: String(seq), entry, leafHash: leafHash(entry) };
}

test("a log that was built anew without the key, its tree and checkpoint too, is found", async () => {
  const forged = honest.map((row) =>
    renamed({ ...row, entry: row.entry.replace("Sam", "Eva") }, Number(row.seq)),
  );
  const tree = new GrowingTree();
  for (const row of forged) tree.append(row.leafHash);
  const stranger = freshKey();
  const text = checkpointText({ origin: stranger.key.name, size: tree.size, root: tree.root() });
  const told = JSON.stringify(writeNote(text, [signatureLine(stranger.key, text)]));
  const rebuilt = exportOf(forged).replace(JSON.stringify(note), told);
  expect(await verify(rebuilt)).toMatchObject({
    code: 1,
    what: expect.stringContaining("not signed by a key"),
  });
  expect(await verify(exportOf(forged), "--published", folder)).toMatchObject({ code: 1, event: 0 });
});

test("the export of the server is good, and after a change under its feet neither it nor an old state passes", async () => {
  const exported = async (filter = {}) => {
    const lines: string[] = [];
    for await (const batch of await exportProof(ivy, filter)) lines.push(...batch);
    return lines.join("");
  };
  const before = await exported();
  expect(await verify(before, "--published", folder)).toMatchObject({ code: 0, events: codes.length + 1 });
  expect(await verify(await exported({ outcome: "refused" }))).toMatchObject({ code: 0, kind: "part" });
  await record(ivy, { code: "stop.set", reason: '=HYPERLINK("x"),\n"späte", Lieferung' });
  await turnOf(freshKeeper().keeper);
  const old = await verify(before, "--published", folder);
  expect(old).toMatchObject({
    code: 1,
    event: codes.length + 1,
    what: expect.stringContaining("taken away"),
  });

  const csv = await new Response(csvStream(exportColumns, await exportEvents(ivy, {}), exportCells)).text();
  const checkpoint = path.join(scratch, "checkpoint");
  // The one that was signed for it: its own end is on record after that.
  const events = csv.match(/^\d+,/gm)?.length ?? 0;
  const answer = await serveCheckpoint(ivy, String(events));
  fs.writeFileSync(checkpoint, "bytes" in answer ? answer.bytes : "");
  expect(await verify(csv, "--checkpoint", checkpoint)).toMatchObject({ code: 0, kind: "whole" });
  const forged = await verify(
    csv.replace(",stop.set,success,Ivy,", ",stop.set,success,Eva,"),
    "--checkpoint",
    checkpoint,
  );
  expect(forged).toMatchObject({ code: 1, what: "Its column actor does not say what its entry says." });
  expect(await verify(csv)).toMatchObject({ code: 1, what: expect.stringContaining("no signed checkpoint") });

  await superuser.begin(async (sql) => {
    await sql`SET LOCAL session_replication_role = replica`;
    const [row] = await sql<{ entry: string }[]>`SELECT entry FROM audit_events WHERE seq = 12`;
    await rewrite(sql, 12, row!.entry.replace("späte", "frühe"));
  });
  const after = await exported();
  expect(await verify(after, "--published", folder)).toMatchObject({ code: 1, event: 12 });
  // The server saw it before it signed again: what it gives now carries no checkpoint, with a filter or without.
  expect(after).toContain('"checkpoint":null');
  const part = await verify(await exported({ outcome: "success" }));
  expect(part).toMatchObject({ code: 1, what: expect.stringContaining("no signed checkpoint") });
});
