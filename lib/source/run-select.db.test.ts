import net from "node:net";
import { inspect } from "node:util";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SqlSink } from "@/lib/masking/sql";
import { SourceFailure } from "@/lib/source/failure";
import { closePool, openPool, type SourcePool, sourcePool } from "@/lib/source/pool";
import { parseSourceUrl, type ConnectionParts } from "@/lib/source/connection";
import { runSelect } from "@/lib/source/run-select";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { testPool } from "@/lib/testing/masked-values";

let database: TestDatabase;
let pool: SourcePool;

beforeAll(async () => {
  database = await emptySource();
  await asOwner(`CREATE TABLE person (id int PRIMARY KEY, name text); INSERT INTO person VALUES (1, 'CANARY');
    CREATE FUNCTION noisy() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'CANARY %', 'x'; END $$;
    CREATE FUNCTION chatty() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'CANARY'; RETURN 'ok'; END $$;
    CREATE FUNCTION writing() RETURNS text LANGUAGE sql AS $$ INSERT INTO person VALUES (9, 'w') RETURNING name $$;
    CREATE TABLE closed (id int); REVOKE ALL ON closed FROM marigold_reader;`);
  pool = testPool(database.url);
});

afterAll(async () => {
  await pool.end({ timeout: 1 });
  await database.drop();
});

async function asOwner(statements: string): Promise<void> {
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.unsafe(statements).simple();
  await owner.end();
}

const selectOne = { text: "SELECT 1", params: [] };

const ask = (text: string, timeoutMs = 9_000, signal?: AbortSignal) =>
  runSelect(pool, { text, params: [] }, { timeoutMs, ...(signal === undefined ? {} : { signal }) });

async function failureOf(work: Promise<unknown>): Promise<SourceFailure> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SourceFailure)) throw new Error("It did not fail as a source does.");
  return error;
}

test("every value comes as text, and what is bound arrives as it was", async () => {
  const sink = new SqlSink();
  const bound = [
    sink.bind(`a'"\\{},$1`, "text"),
    sink.bind([`a'"\\{},`, "", "NULL", "b c"], "text[]"),
    sink.bind(Buffer.from([0, 92, 255]), "bytea"),
    sink.bind(7, "int8"),
    sink.bind(true, "boolean"),
    sink.bind(null, "text"),
  ];
  const columns = [
    ...bound,
    "1",
    "1.5::numeric",
    "true",
    "date '2024-01-02'",
    "'{\"a\":1}'::jsonb",
    "'\\x00ff'::bytea",
    "ARRAY[1,2]",
  ];
  const [row] = await runSelect(pool, sink.statement(`SELECT ${columns.join(", ")}`), { timeoutMs: 9_000 });
  expect(row).toEqual([
    `a'"\\{},$1`,
    `{"a'\\"\\\\{},","","NULL","b c"}`,
    "\\x005cff",
    "7",
    "t",
    null,
    "1",
    "1.5",
    "t",
    "2024-01-02",
    '{"a": 1}',
    "\\x00ff",
    "{1,2}",
  ]);
});

test("a session reads only, in UTC, in one notation, with limits of its own", async () => {
  const names = [
    "default_transaction_read_only",
    "statement_timeout",
    "lock_timeout",
    "TimeZone",
    "DateStyle",
    "application_name",
    "standard_conforming_strings",
  ];
  const rows = await ask(`SELECT ${names.map((name) => `current_setting('${name}')`).join(", ")}`);
  expect(rows).toEqual([["on", "30s", "5s", "UTC", "ISO, YMD", "glimpse", "on"]]);
  expect(await failureOf(ask("SELECT writing()"))).toMatchObject({ sqlstate: "25006" });
  expect(await ask("SELECT count(*) FROM person WHERE id = 9")).toEqual([["0"]]);
});

describe("a failure says its cause in our words and nothing of the database's:", () => {
  test.each<[string, string]>([
    ["table-gone", "SELECT name FROM nothing_here"],
    ["table-gone", "SELECT name FROM no_schema.person"],
    ["column-gone", "SELECT surname FROM person"],
    ["no-right", "SELECT id FROM closed"],
    ["bad-value", "SELECT 'CANARY'::int"],
    ["bad-value", "SELECT * FROM person WHERE id = 99999999999::text::int"],
    ["bad-value", "SELECT 1 / (id - 1) FROM person"],
    ["other", "SELECT noisy()"],
    ["other", "SELECT FROM WHERE CANARY"],
  ])("%s for %s", async (reason, statement) => {
    const failure = await failureOf(ask(statement));
    expect(failure.reason).toBe(reason);
    const all = `${inspect(failure, { showHidden: true, depth: 9 })} ${failure.stack ?? ""} ${String(failure.cause)}`;
    expect(all).not.toMatch(/CANARY|nothing_here|surname|relation|syntax|closed|query:|parameters:/u);
  });

  test("notices go nowhere", async () => {
    expect(await ask("SELECT chatty()")).toEqual([["ok"]]);
  });
});

describe("time", () => {
  test("a statement that takes too long is given up and stopped in the source", async () => {
    const failure = await failureOf(ask("SELECT pg_sleep(20), 'slow one'", 150));
    expect(failure.reason).toBe("timeout");
    await expect.poll(() => running("slow one"), { timeout: 3_000 }).toBe(0);
  });

  test("a caller who leaves is not waited for", async () => {
    const leaving = new AbortController();
    const failure = failureOf(ask("SELECT pg_sleep(20), 'left one'", 9_000, leaving.signal));
    setTimeout(() => leaving.abort(), 100);
    expect((await failure).reason).toBe("cancelled");
    await expect.poll(() => running("left one"), { timeout: 3_000 }).toBe(0);
    expect((await failureOf(ask("SELECT 1", 9_000, AbortSignal.abort()))).reason).toBe("cancelled");
  });

  test("that fails while its rows come leaves no holes where the next one on its connection has rows", async () => {
    const one = openPool((parseSourceUrl(database.url) as { parts: ConnectionParts }).parts, 1);
    const failing = "SELECT n, repeat('x', 900), 1 / (3000 - n) FROM generate_series(1, 4000) AS n";
    const run = (text: string) => runSelect(one, { text, params: [] }, { timeoutMs: 9_000 });
    await failureOf(run(failing));
    expect(await run("SELECT n FROM generate_series(1, 3) AS n")).toEqual([["1"], ["2"], ["3"]]);
    await one.end({ timeout: 1 });
  });

  test("the connections are good for the next one after it", async () => {
    await Promise.all(Array.from({ length: 4 }, () => failureOf(ask("SELECT pg_sleep(20)", 100))));
    const after = await Promise.all(Array.from({ length: 8 }, (_, index) => ask(`SELECT ${index}`)));
    expect(after.flat(2)).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  });

  test("a table that is locked for good gives a timeout, not a wait", async () => {
    const owner = postgres(database.ownerUrl, { max: 1 });
    await owner.begin(async (tx) => {
      await tx.unsafe("LOCK TABLE person IN ACCESS EXCLUSIVE MODE");
      expect((await failureOf(ask("SELECT name FROM person", 300))).reason).toBe("timeout");
    });
    await owner.end();
  });

  async function running(marker: string): Promise<number> {
    const admin = postgres(database.superuserUrl, { max: 1 });
    const [row] = await admin`SELECT count(*)::int AS n FROM pg_stat_activity
      WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE ${`%${marker}%`}`;
    await admin.end();
    return Number(row?.["n"]);
  }
});

describe("a source that goes away", () => {
  const parts = (): ConnectionParts => {
    const parsed = parseSourceUrl(database.url);
    if (!parsed.ok) throw new Error(parsed.words);
    return parsed.parts;
  };

  test("is unreachable while it throws everybody out, and is read again when it is back", async () => {
    let over = false;
    const dying = failureOf(ask("SELECT pg_sleep(20)")).finally(() => (over = true));
    while (!over) await throwOut("active");
    expect((await dying).reason).toBe("unreachable");
    expect(await ask("SELECT 1")).toEqual([["1"]]);
  });

  test("is read at once after it threw out connections that nobody was using", async () => {
    for (let round = 0; round < 5; round++) {
      await Promise.all([ask("SELECT 1"), ask("SELECT 2")]);
      await throwOut("idle");
      expect(await ask("SELECT 3")).toEqual([["3"]]);
    }
  });

  async function throwOut(state: "active" | "idle"): Promise<void> {
    const admin = postgres(database.superuserUrl, { max: 1 });
    await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'glimpse' AND datname = current_database() AND state = ${state}`;
    await admin.end();
  }

  test("is unreachable when nothing listens, and when it accepts and keeps silent", async () => {
    const nobody = openPool({ ...parts(), port: 1 }, 1);
    expect((await failureOf(runSelect(nobody, selectOne, { timeoutMs: 2_000 }))).reason).toBe("unreachable");
    await nobody.end({ timeout: 0 });
    const server = net.createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const silent = openPool({ ...parts(), port: (server.address() as net.AddressInfo).port }, 1);
    expect((await failureOf(runSelect(silent, selectOne, { timeoutMs: 200 }))).reason).toBe("timeout");
    await silent.end({ timeout: 0 });
    server.close();
  });

  test("that answers nothing any more costs its pool, not the next reader", async () => {
    let silent = false;
    const sockets: net.Socket[] = [];
    const proxy = net.createServer((socket) => {
      if (silent) return void sockets.push(socket.resume());
      const upstream = net.connect(parts().port, parts().host);
      socket.on("data", (data) => silent || upstream.write(data));
      upstream.on("data", (data) => silent || socket.write(data));
      for (const end of [socket, upstream]) sockets.push(end.on("error", () => undefined));
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const source = {
      id: "silent",
      version: 1,
      connection: { ...parts(), port: (proxy.address() as net.AddressInfo).port },
    };
    const before = sourcePool(source);
    await runSelect(before, selectOne, { timeoutMs: 2_000 });
    silent = true;
    const failures = Array.from({ length: 3 }, () =>
      failureOf(runSelect(sourcePool(source), selectOne, { timeoutMs: 100 })),
    );
    expect((await Promise.all(failures)).map((failure) => failure.reason)).toEqual([
      "timeout",
      "timeout",
      "timeout",
    ]);
    await expect.poll(() => sourcePool(source) === before, { timeout: 9_000, interval: 200 }).toBe(false);
    silent = false;
    expect(await runSelect(sourcePool(source), selectOne, { timeoutMs: 2_000 })).toEqual([["1"]]);
    for (const socket of sockets) socket.destroy();
    await closePool("silent");
    proxy.close();
  });

  test("has one pool per version of its connection, and closing opens anew", async () => {
    const one = sourcePool({ id: "s", version: 1, connection: parts() });
    expect(sourcePool({ id: "s", version: 1, connection: parts() })).toBe(one);
    const two = sourcePool({ id: "s", version: 2, connection: parts() });
    expect(two).not.toBe(one);
    expect(await runSelect(two, selectOne, { timeoutMs: 2_000 })).toEqual([["1"]]);
    await closePool("s");
    const three = sourcePool({ id: "s", version: 2, connection: parts() });
    expect(three).not.toBe(two);
    await closePool("s");
    expect((await failureOf(runSelect(three, selectOne, { timeoutMs: 2_000 }))).reason).toBe("unreachable");
  });
});
