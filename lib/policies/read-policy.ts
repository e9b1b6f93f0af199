import "server-only";
import { eq } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";
import { policyVersions } from "@/lib/db/schema/policies";
import { compilePolicy, type CompiledPolicy } from "@/lib/policies/compile-policy";
import { defaultPolicy, defaultPolicyVersion } from "@/lib/policies/default-policy";
import { policySchema } from "@/lib/policies/policy";

export type ActivePolicy = { version: number; compiled: CompiledPolicy };

// An activated policy never changes, so that it is compiled once.
const known = new Map<number, CompiledPolicy>();

/** The policy that counts now; throws where it cannot be read, so that nothing is decided without it (law 10). */
export async function readActivePolicy(db: Pick<ReadDatabase, "select">): Promise<ActivePolicy> {
  const [row] = await db
    .select({ number: policyVersions.number })
    .from(policyVersions)
    .where(eq(policyVersions.state, "active"));
  const version = row?.number ?? defaultPolicyVersion;
  const compiled = known.get(version) ?? compile(row ? await readDocument(db, row.number) : defaultPolicy);
  known.clear();
  known.set(version, compiled);
  return { version, compiled };
}

async function readDocument(db: Pick<ReadDatabase, "select">, number: number): Promise<unknown> {
  const [row] = await db
    .select({ document: policyVersions.document })
    .from(policyVersions)
    .where(eq(policyVersions.number, number));
  return row?.document;
}

function compile(document: unknown): CompiledPolicy {
  const compiled = compilePolicy(policySchema.parse(document));
  if (!compiled.ok) throw new Error("The active policy cannot be compiled.");
  return compiled.compiled;
}
