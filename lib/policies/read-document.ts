import "server-only";
import { eq } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";
import { policyVersions } from "@/lib/db/schema/policies";
import { defaultPolicy, defaultPolicyVersion } from "@/lib/policies/default-policy";
import { Refusal } from "@/lib/refusal";

/** The document of a version as it is stored, the built-in one included; refuses a version that there is not. */
export async function readDocument(db: Pick<ReadDatabase, "select">, number: number): Promise<unknown> {
  if (number === defaultPolicyVersion) return defaultPolicy;
  const [row] = await db
    .select({ document: policyVersions.document })
    .from(policyVersions)
    .where(eq(policyVersions.number, number));
  if (!row) throw new Refusal("not-found");
  return row.document;
}
