import "server-only";
import { randomBytes } from "node:crypto";
import postgres from "postgres";
import type { Context } from "@/lib/auth/context";
import { hardenedRoles } from "@/lib/hardening/script";
import { takeScript } from "@/lib/hardening/take-script";
import type { TestDatabase } from "./database";

/** A source that was made ready to be hardened, as its owner would do it. */
export type Hardened = {
  masked: string;
  reveal: string;
  /** Runs the SQL of now again. */
  again: () => Promise<void>;
  /** Takes the roles away, which belong to the server; before the database is dropped. */
  drop: () => Promise<void>;
};

/** Runs the SQL of a source as its owner, and gives both roles a password. */
export async function prepareHardened(
  steward: Context,
  database: TestDatabase,
  sourceId: string,
): Promise<Hardened> {
  const roles = hardenedRoles(sourceId);
  const password = randomBytes(12).toString("hex");
  const owner = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  const again = async () => {
    await owner.unsafe(await takeScript(steward, sourceId)).simple();
  };
  await again();
  for (const role of Object.values(roles)) {
    await owner.unsafe(`ALTER ROLE "${role}" PASSWORD '${password}'`);
    await owner.unsafe(`GRANT CONNECT ON DATABASE "${database.name}" TO "${role}"`);
  }
  const url = (user: string) => {
    const address = new URL(database.superuserUrl);
    return Object.assign(address, { username: user, password }).href;
  };
  return {
    masked: url(roles.masked),
    reveal: url(roles.reveal),
    again,
    drop: async () => {
      for (const role of Object.values(roles)) {
        await owner.unsafe(`DROP OWNED BY "${role}" CASCADE; DROP ROLE "${role}"`).simple();
      }
      await owner.end({ timeout: 5 });
    },
  };
}
