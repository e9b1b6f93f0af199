import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logSettings } from "@/lib/audit/log-settings";
import { newestCheckpoint } from "@/lib/audit/read-checkpoints";
import { record } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import { readDatabase } from "@/lib/db/control-database";
import { useControlDatabase } from "@/lib/testing/control";
import { freshKeeper, freshKey, turnOf, useLogSettings } from "@/lib/testing/log-key";
import { mailServer } from "@/lib/testing/mail-server";

const server = mailServer();
beforeAll(async () => {
  process.env["GLIMPSE_SMTP_URL"] = await server.open();
  process.env["GLIMPSE_MAIL_FROM"] = "glimpse@example.test";
});
const control = useControlDatabase();
const settings = useLogSettings();
const log = freshKey();
afterAll(() => server.close());

const happens = () => record(systemContext(), { code: "source.scanned" });

test("somebody gets the signed note by e-mail: at once, then not before its hours are over, and then the newest", async () => {
  settings({
    GLIMPSE_LOG_KEY: log.text,
    GLIMPSE_LOG_MAIL: "archive@example.test",
    GLIMPSE_LOG_MAIL_HOURS: "1",
  });
  await happens();
  const { keeper } = freshKeeper();
  server.manner = "shut";
  await turnOf(keeper);
  expect(keeper.health().places).toMatchObject([
    { name: "E-mail archive@example.test", size: null, trouble: "The mail server puts messages off." },
  ]);
  server.manner = "takes";
  const another = freshKeeper().keeper;
  await turnOf(another);
  const first = await newestCheckpoint(readDatabase(), logSettings());
  await happens();
  await another.checkpoint();
  await another.publish();
  expect(server.received).toHaveLength(1);
  const [letter] = server.received;
  expect(letter?.to).toEqual(["archive@example.test"]);
  // The note as it was signed: what stands after the words is what the verifier takes.
  const note = letter?.text.replaceAll("\r\n", "\n");
  for (const line of (first && first.note.split("\n")) || []) expect(note).toContain(line);
  const superuser = postgres(control.database.superuserUrl, { max: 1, onnotice: () => {} });
  await superuser.begin(async (sql) => {
    await sql`SET LOCAL session_replication_role = replica`;
    await sql`UPDATE audit_publications SET arrived_at = arrived_at - interval '1 hour'`;
  });
  await superuser.end();
  await turnOf(another);
  expect(server.received).toHaveLength(2);
  expect(server.received[1]?.headers.get("subject")).toContain(
    `${first ? first.checkpoint.size + 1 : 0} events`,
  );
});
