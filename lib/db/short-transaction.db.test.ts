import { sql } from "drizzle-orm";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { writeTransaction } from "@/lib/db/control-database";
import { useControlDatabase } from "@/lib/testing/control";

const control = useControlDatabase();

const count = async (subject: string) => {
  const [row] =
    await control.owner`SELECT count(*)::int AS n FROM sign_in_failures WHERE subject = ${subject}`;
  return row?.["n"] as number;
};
const insert = (subject: string) =>
  sql`INSERT INTO sign_in_failures (subject, failures) VALUES (${subject}, 1)`;
type Tx = Parameters<Parameters<typeof writeTransaction>[0]>[0];
const write = (subject: string) => (tx: Tx) => tx.execute(insert(subject));
const look = () => ({ text: "UPDATE sign_in_failures SET failures = 2 WHERE false", params: [] });
const fail = () => ({ text: "SELECT 1 / 0", params: [] });

describe("a short transaction", () => {
  test("keeps all of its statements, the last one too", async () => {
    const text = "INSERT INTO sign_in_failures (subject, failures) VALUES ($1, 1)";
    await writeTransaction(write("all"), () => ({ text, params: ["all, last"] }));
    expect([await count("all"), await count("all, last")]).toEqual([1, 1]);
  });

  test("keeps nothing when its work fails", async () => {
    const work = async (tx: Tx) => {
      await tx.execute(insert("work"));
      throw new Error("changed my mind");
    };
    await expect(writeTransaction(work, look)).rejects.toThrow("changed my mind");
    expect(await count("work")).toBe(0);
  });

  test("keeps nothing when its last statement fails, though COMMIT is on its way already", async () => {
    await expect(writeTransaction(write("last"), fail)).rejects.toMatchObject({ code: "22012" });
    expect(await count("last")).toBe(0);
  });

  test("keeps nothing when its first statement fails", async () => {
    const work = async (tx: Tx) => void (await tx.execute(sql`SELECT 1 / 0`));
    await expect(writeTransaction(work, look)).rejects.toMatchObject({ code: "22012" });
  });

  test("keeps nothing when the connection is cut in the middle, and the pool goes on", async () => {
    const admin = postgres(control.database.superuserUrl, { max: 1 });
    const work = async (tx: Tx) => {
      const [me] = await tx.execute<{ pid: number }>(sql`SELECT pg_backend_pid() AS pid`);
      await tx.execute(insert("cut"));
      await admin`SELECT pg_terminate_backend(${me!.pid})`;
    };
    await expect(writeTransaction(work, look)).rejects.toMatchObject({ name: "DatabaseFailure" });
    await admin.end();
    expect(await count("cut")).toBe(0);
    await Promise.all(Array.from({ length: 25 }, (_, at) => writeTransaction(write(`after ${at}`), look)));
    expect(await count("after 24")).toBe(1);
  });

  test("leaves no connection behind in a transaction, whatever failed before", async () => {
    await Promise.allSettled(
      Array.from({ length: 30 }, (_, at) => writeTransaction(write("same"), at % 2 === 0 ? look : fail)),
    );
    const admin = postgres(control.database.superuserUrl, { max: 1 });
    const rows =
      await admin`SELECT state FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'`;
    await admin.end();
    expect(rows).toHaveLength(0);
  });
});

test("outside of a transaction that says it writes, the writing connections read only", async () => {
  const work = async (tx: Tx) => {
    await tx.execute(sql`COMMIT`);
    await tx.execute(insert("alone"));
  };
  await expect(writeTransaction(work, look)).rejects.toMatchObject({ code: "25006" });
  expect(await count("alone")).toBe(0);
});
