import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/system-context";
import { anomalyCases } from "@/lib/db/schema/anomalies";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { readByPlan, type Statement } from "@/lib/testing/read-by-plan";
import { readCases } from "./case-rows";
import { judgeCase } from "./judge-case";
import { openCase } from "./open-case";

const control = useControlDatabase();

test.each(["generic", "custom"] as const)(
  "the seal of a judgement is found in the log without reading other judgements, by a %s plan",
  async (plan) => {
    const ivy = await signedIn(control, { name: "Ivy", roles: ["auditor"] });
    const ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
    const caseNumber = (await openCase(systemContext(), {
      ...{ personId: ana.actor.personId, day: "2026-11-24", zone: "UTC" },
      findings: [{ kind: "records", step: 0, evidence: { count: 41 } }],
    }))!;
    const words = "She was on call that night.";
    await judgeCase(ivy, { caseNumber, verdict: "explained", words });
    const client = postgres(control.database.superuserUrl, { max: 1, onnotice: () => {} });
    await client`SET session_replication_role = replica`;
    await client`INSERT INTO audit_events (entry, seq, code, outcome, occurred_at, leaf_hash)
      SELECT entry, n, 'case.explained', 'success', now(), sha256('\\x00'::bytea || convert_to(entry, 'UTF8'))
      FROM generate_series(100000, 103000) n, format('{"details":{"case":%s,"seal":"x"}}', n) entry
      ON CONFLICT DO NOTHING`;
    await client`ANALYZE audit_events`;
    const sent: Statement[] = [];
    const logger = { logQuery: (text: string, params: unknown[]) => void sent.push({ text, params }) };
    const ctx = { ...ivy, db: drizzle({ client, logger }) };
    const [found] = await readCases(ctx, eq(anomalyCases.number, caseNumber), 10);
    expect(found?.words).toBe(words);
    const ofSeals = sent.filter(({ text }) => text.includes("audit_events"));
    expect(ofSeals).toHaveLength(1);
    const read = await readByPlan(client, ofSeals[0]!, { table: "audit_events", plan });
    expect(read.ofTable + read.ofIndexes).toBeLessThanOrEqual(2);
    await client.end({ timeout: 5 });
  },
);
