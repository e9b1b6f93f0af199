import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { policyVersions } from "@/lib/db/schema/policies";
import { defaultPolicyVersion } from "@/lib/policies/default-policy";
import { holdDraft, soundPolicy, type DraftRef } from "@/lib/policies/hold-draft";
import type { Policy } from "@/lib/policies/policy";
import { policyNumber } from "@/lib/policies/policy-number";
import { Refusal } from "@/lib/refusal";
import { noNumbers } from "@/lib/texts/free-text";
import { refuseNumbersIn } from "@/lib/texts/input-refusal";

export const noteInput = z
  .string()
  .trim()
  .min(1, "Say what this version is about.")
  .max(500, "Use 500 characters or fewer.")
  .check(noNumbers);

/** The document is parsed by the deed, so that each of its problems is told with its place. */
export const newDraftSchema = z.object({
  basedOn: policyNumber.nullable(),
  note: noteInput,
  document: z.unknown(),
});

export const changeDraftSchema = z.object({
  number: policyNumber,
  version: policyNumber,
  note: noteInput,
  document: z.unknown(),
});

export type SavedDraft = { number: number; version: number };

/** Saves a new draft; to roll back is to save the document of an older version as a new one. */
export async function newDraft(ctx: Context, input: z.infer<typeof newDraftSchema>): Promise<SavedDraft> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "policies");
    const { policy } = soundPolicy(input.document);
    refuseNumbersIn(policy);
    const basedOn = await knownVersion(tx, input.basedOn);
    const [row] = await tx
      .insert(policyVersions)
      .values({ document: policy, note: input.note, basedOn, editorIds: [ctx.actor.personId] })
      .returning({ number: policyVersions.number, version: policyVersions.version });
    if (!row) throw new Error("The draft was not stored.");
    return { result: row, event: savedEvent(row.number, policy, input.note) };
  });
}

/** Changes a draft; whoever does so is one of its editors from now on, and it has to be tested again. */
export async function changeDraft(
  ctx: Context,
  input: z.infer<typeof changeDraftSchema>,
): Promise<SavedDraft> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "policies");
    const held = await holdDraft(tx, input);
    const { policy } = soundPolicy(input.document);
    refuseNumbersIn(policy);
    const editorIds = [...new Set([...held.editorIds, ctx.actor.personId])];
    const version = await moveDraft(tx, held, {
      state: "draft",
      document: policy,
      note: input.note,
      editorIds,
    });
    return {
      result: { number: held.number, version },
      event: savedEvent(held.number, policy, input.note),
    };
  });
}

/** Moves a held draft on; its version counts the moves. */
export async function moveDraft(
  tx: WriteTransaction,
  seen: DraftRef,
  change: { state: "draft" | "tested"; document?: Policy; note?: string; editorIds?: string[] },
): Promise<number> {
  const [moved] = await tx
    .update(policyVersions)
    .set({ ...change, version: sql`${policyVersions.version} + 1`, changedAt: sql`clock_timestamp()` })
    .where(and(eq(policyVersions.number, seen.number), eq(policyVersions.version, seen.version)))
    .returning({ version: policyVersions.version });
  if (!moved) throw new Refusal("changed-meanwhile");
  return moved.version;
}

/** The stored version that a draft is taken from; the built-in ones are not stored. */
async function knownVersion(tx: WriteTransaction, number: number | null): Promise<number | null> {
  if (number === null || number <= defaultPolicyVersion) return null;
  const [row] = await tx
    .select({ number: policyVersions.number })
    .from(policyVersions)
    .where(eq(policyVersions.number, number));
  if (!row) throw new Refusal("not-found");
  return row.number;
}

function savedEvent(number: number, policy: Policy, words: string) {
  const details = { rules: policy.rules.map((rule) => rule.name), scenarios: policy.scenarios.length };
  return { code: "policy.saved", policyVersion: number, reason: words, details } as const;
}
