import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { checksForm } from "@/lib/catalog/choice-forms";
import { holdSource, holdSteward } from "@/lib/catalog/hold-steward";
import { resourceOf } from "@/lib/catalog/store-structure";
import { sources } from "@/lib/db/schema/catalogue";

/** Says when a source is compared by itself. */
export async function changeChecks(
  ctx: Context,
  { sourceId, every, hour }: z.infer<typeof checksForm>,
): Promise<void> {
  await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    await tx.update(sources).set({ checkEvery: every, checkHour: hour }).where(eq(sources.id, sourceId));
    return {
      result: undefined,
      event: { code: "source.checks_changed", resource: resourceOf(source), details: { every, hour } },
    };
  });
}
