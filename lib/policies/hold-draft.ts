import "server-only";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { WriteTransaction } from "@/lib/db/control-database";
import { policyVersions } from "@/lib/db/schema/policies";
import { compilePolicy, type CompiledPolicy } from "@/lib/policies/compile-policy";
import { policySchema, type Policy } from "@/lib/policies/policy";
import { policyNumber } from "@/lib/policies/policy-number";
import { Refusal } from "@/lib/refusal";

/** Which draft, as it was seen. */
export const draftRefSchema = z.object({
  number: policyNumber,
  version: policyNumber,
});
export type DraftRef = z.infer<typeof draftRefSchema>;

/** Locks a draft, tested or not, as it was seen; refuses a version that counts or has counted. */
export async function holdDraft(tx: WriteTransaction, { number, version }: DraftRef) {
  const [row] = await tx
    .select({
      number: policyVersions.number,
      state: policyVersions.state,
      document: policyVersions.document,
      editorIds: policyVersions.editorIds,
      version: policyVersions.version,
    })
    .from(policyVersions)
    .where(eq(policyVersions.number, number))
    .for("update");
  if (!row) throw new Refusal("not-found");
  if (row.state !== "draft" && row.state !== "tested") throw new Refusal("policy-not-a-draft");
  if (row.version !== version) throw new Refusal("changed-meanwhile");
  return row;
}

/** A policy ready to be asked; refuses what cannot be compiled, naming each rule and the place in its condition. */
export function soundPolicy(document: unknown): CompiledPolicy {
  const parsed = policySchema.safeParse(document);
  if (!parsed.success)
    throw new Refusal(
      "policy-unsound",
      Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join("."), issue.message])),
    );
  const compiled = compilePolicy(parsed.data);
  if (compiled.ok) return compiled.compiled;
  throw new Refusal("policy-unsound", problemFields(parsed.data, compiled.problems));
}

function problemFields(
  { rules }: Policy,
  problems: readonly { rule: string; words: string; from: number; to: number }[],
): Record<string, string> {
  return Object.fromEntries(
    problems.map(({ rule, words, from, to }) => [
      `rules.${rules.findIndex((one) => one.name === rule)}.when`,
      `${words} (characters ${from + 1} to ${Math.max(from + 1, to)})`,
    ]),
  );
}
