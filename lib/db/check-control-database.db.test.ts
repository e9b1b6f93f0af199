import { afterEach, expect, test } from "vitest";
import { checkControlDatabase } from "@/lib/db/check-control-database";
import { useControlDatabase } from "@/lib/testing/control";

const control = useControlDatabase();
const rewrite = expect.stringContaining("could rewrite the audit log") as unknown;
const older = expect.stringContaining("npm run db:migrate") as unknown;

afterEach(async () => {
  await control.owner`REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON audit_events, audit_head FROM glimpse_app`;
  await control.owner`GRANT UPDATE ON audit_head TO glimpse_app`;
});

test("a migrated database whose application owns nothing passes without a word", async () => {
  expect(await checkControlDatabase()).toEqual({ complaints: [], warnings: [] });
});

test.each([
  "GRANT UPDATE ON audit_events TO glimpse_app",
  "GRANT UPDATE (entry) ON audit_events TO glimpse_app",
  "GRANT DELETE ON audit_events TO glimpse_app",
  "GRANT TRUNCATE ON audit_events TO glimpse_app",
  "GRANT TRIGGER ON audit_events TO glimpse_app",
  "GRANT DELETE ON audit_head TO glimpse_app",
])("Glimpse does not start where it could rewrite its own record: %s", async (statement) => {
  await control.owner.unsafe(statement);
  expect((await checkControlDatabase()).complaints).toEqual([rewrite]);
  await control.owner`REVOKE UPDATE (entry) ON audit_events FROM glimpse_app`;
});

test("Glimpse does not start on a database that is older than itself", async () => {
  const migrations = control.owner`glimpse_migrations.__drizzle_migrations`;
  await control.owner`UPDATE ${migrations} SET created_at = created_at - 1000`;
  expect((await checkControlDatabase()).complaints).toEqual([older]);
  await control.owner`UPDATE ${migrations} SET created_at = created_at + 1000`;
  expect((await checkControlDatabase()).complaints).toEqual([]);
});
