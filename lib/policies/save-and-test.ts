import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { changeDraft, type changeDraftSchema } from "@/lib/policies/save-draft";
import { testDraft, type TestedDraft } from "@/lib/policies/test-draft";

/** Saves a draft and tries it on its scenarios at once; what was saved stays saved where they fail. */
export async function saveAndTest(
  ctx: Context,
  input: z.infer<typeof changeDraftSchema>,
): Promise<TestedDraft> {
  return testDraft(ctx, await changeDraft(ctx, input));
}
