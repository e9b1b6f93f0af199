import "server-only";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { exportCells, exportColumns, exportEvents } from "@/lib/audit/export-events";
import { exportProof } from "@/lib/audit/export-proof";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import type { Context } from "@/lib/auth/context";
import { csvStream } from "@/lib/csv-stream";
import { pruneStep } from "@/lib/retention/prune-log";
import { readRetention } from "@/lib/retention/read-retention";
import { confirmPeriod, setPeriod } from "@/lib/retention/set-period";
import { main } from "@/scripts/verifier/glimpse-verify.mjs";
import { agedLog } from "./aged-log";
import { signedIn, type Control } from "./control";
import { freshKeeper, freshKey, turnOf, useLogSettings } from "./log-key";

export const why = "The law asks for this long and no longer";

/** A log of 300 old events, signed, for each test, and who sets, confirms, holds, prunes and verifies. */
export type RetainedLog = {
  ada: Context;
  ida: Context;
  ivy: Context;
  superuser: postgres.Sql;
  scratch: string;
  key: string;
  keyText: string;
  settings: ReturnType<typeof useLogSettings>;
  size: () => Promise<number>;
  /** The numbers of the entries that are there. */
  there: () => Promise<number[]>;
  inForce: (days: number) => Promise<void>;
  /** As the job does it. */
  prune: (below?: number) => Promise<void>;
  exported: (as?: "ndjson" | "csv") => Promise<string>;
  verify: (text: string, ...more: string[]) => Promise<{ code: number; words: string }>;
};

export function useRetainedLog(control: Control): RetainedLog {
  const log = freshKey();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-retention-"));
  const settings = useLogSettings();
  const key = writeVerifierKey(log.key);
  const own = { scratch, settings, key, keyText: log.text } as RetainedLog;
  beforeAll(async () => {
    own.superuser = postgres(control.database.superuserUrl, { max: 1, onnotice: () => {} });
    own.ada = await signedIn(control, { name: "Ada", roles: ["admin"] });
    own.ida = await signedIn(control, { name: "Ida", roles: ["admin"] });
    own.ivy = await signedIn(control, { name: "Ivy", roles: ["auditor"] });
  });
  afterAll(async () => {
    await own.superuser?.end();
    fs.rmSync(scratch, { recursive: true });
  });
  beforeEach(async () => {
    settings({ GLIMPSE_LOG_KEY: log.text });
    await own.superuser.begin(async (sql) => {
      await sql`SET LOCAL session_replication_role = replica`;
      await sql`TRUNCATE audit_holds`;
    });
    await agedLog(own.superuser, [["2024-03-01", 300]]);
    await turnOf(freshKeeper().keeper);
  });
  return Object.assign(own, deeds(control, own));
}

function deeds(control: Control, own: RetainedLog): Partial<RetainedLog> {
  const size = async () => Number((await control.owner`SELECT size FROM audit_head`)[0]?.["size"]);
  return {
    size,
    there: async () => {
      const rows = await control.owner`SELECT seq::int FROM audit_events ORDER BY seq`;
      return rows.map((row) => row["seq"] as number);
    },
    inForce: async (days) => {
      await setPeriod(own.ada, { days, why });
      const { waiting } = await readRetention(own.ivy);
      if (waiting) await confirmPeriod(own.ivy, { periodId: waiting.id });
    },
    prune: async (below) => {
      const end = below ?? (await size());
      for (let at: number | null = -1; at !== null;) at = await pruneStep(at, end);
    },
    exported: async (as = "ndjson") => {
      if (as === "csv")
        return new Response(csvStream(exportColumns, await exportEvents(own.ivy, {}), exportCells)).text();
      const parts: string[] = [];
      for await (const lines of await exportProof(own.ivy, {})) parts.push(...lines);
      return parts.join("");
    },
    verify: (text, ...more) => {
      const file = path.join(own.scratch, "export");
      fs.writeFileSync(file, text);
      return main([file, "--key", own.key, ...more]);
    },
  };
}
