import "server-only";
import { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { readPolicyVersion } from "@/lib/policies/list-policies";
import { policyNumber } from "@/lib/policies/policy-number";
import { newDraft, noteInput, type SavedDraft } from "@/lib/policies/save-draft";

export const copyVersionSchema = z.object({
  basedOn: policyNumber,
  note: noteInput,
});

/** Begins a draft with the document of a version: of the active one to change it, of an older one to roll back. */
export async function copyVersion(
  ctx: Context,
  { basedOn, note }: z.infer<typeof copyVersionSchema>,
): Promise<SavedDraft> {
  const { policy } = await readPolicyVersion(ctx, basedOn);
  return newDraft(ctx, { basedOn, note, document: policy });
}
