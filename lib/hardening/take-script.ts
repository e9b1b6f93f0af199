import "server-only";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { holdSource, holdSteward } from "@/lib/catalog/hold-steward";
import { hardenedRoles } from "@/lib/hardening/script";
import { readHardening } from "@/lib/hardening/read-hardening";
import type { HardeningView } from "@/lib/hardening/view";

/** As much of the SQL as a page shows. */
const shownCharacters = 20_000;

/** The roles of a source, and the SQL that hardens it, with dots for its keys. */
export async function readHardeningView(ctx: Context, sourceId: string): Promise<HardeningView> {
  requirePermission(ctx, "catalog");
  const { script } = await readHardening(ctx.db, sourceId, "dots");
  const more = script.length > shownCharacters ? "\n-- …\n" : "";
  return { roles: hardenedRoles(sourceId), script: script.slice(0, shownCharacters) + more };
}

/**
 * The SQL that hardens a source, with the keys of its masks. It is on record before anybody has it: whoever holds the
 * keys can try values against pseudonyms.
 */
export async function takeScript(ctx: Context, sourceId: string): Promise<string> {
  requirePermission(ctx, "catalog");
  await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    return {
      result: undefined,
      event: { code: "source.sql_read", resource: { sourceId: source.id, source: source.name } },
    };
  });
  return (await readHardening(ctx.db, sourceId, "keys")).script;
}
