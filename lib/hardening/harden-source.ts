import "server-only";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { connectionWords } from "@/lib/catalog/add-source";
import { holdSource, holdSteward } from "@/lib/catalog/hold-steward";
import { readConnection, revealId } from "@/lib/catalog/open-source";
import { sealConnection, unsealConnection } from "@/lib/catalog/seal-connection";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import { tryConnection } from "@/lib/catalog/try-connection";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sources } from "@/lib/db/schema/catalogue";
import { env } from "@/lib/env";
import { judgeMasked, judgeReveal } from "@/lib/hardening/findings";
import type { hardenForm, softenForm } from "@/lib/hardening/forms";
import { readHardening } from "@/lib/hardening/read-hardening";
import type { CheckedView, Finding } from "@/lib/hardening/view";
import { Refusal } from "@/lib/refusal";
import { type ConnectionParts, parseSourceUrl } from "@/lib/source/connection";
import { inspectHardening } from "@/lib/source/inspect-hardening";
import { closePool } from "@/lib/source/pool";

type Wanted = z.infer<typeof hardenForm>;

/** Looks at the two roles and the views of a source, and says what is right and what is not; changes nothing. */
export async function checkHardening(ctx: Context, wanted: Wanted): Promise<CheckedView> {
  requirePermission(ctx, "catalog");
  const entered = await enteredRoles(ctx, wanted);
  const findings = await look(ctx, wanted.sourceId, entered);
  return { ok: findings.every(({ ok }) => ok), findings };
}

/**
 * Reads a source through its views from now on, and its raw values by the role of reveals alone. Refuses unless all
 * that is checked is right, by the very addresses that are kept.
 */
export async function hardenSource(ctx: Context, wanted: Wanted): Promise<{ name: string }> {
  requirePermission(ctx, "catalog");
  const entered = await enteredRoles(ctx, wanted);
  const findings = await look(ctx, wanted.sourceId, entered);
  const wrong = findings.find(({ ok }) => !ok);
  if (wrong) throw new Refusal("not-hardened", { masked: wrong.words });
  const { masked, reveal } = entered;
  return changed(ctx, wanted, async (tx, source) => {
    await tx
      .update(sources)
      .set({
        connectionSealed: sealConnection(env().rootKey, source.id, masked),
        revealSealed: sealConnection(env().rootKey, revealId(source.id), reveal),
        host: masked.host,
        database: masked.database,
        version: sql`${sources.version} + 1`,
      })
      .where(eq(sources.id, source.id));
    return {
      code: "source.hardened",
      details: { ...connectionWords(masked), revealUser: reveal.user },
    } as const;
  });
}

/** Lets the console mask again, over the connection that reveals used: everything is read by it from now on. */
export async function softenSource(
  ctx: Context,
  wanted: z.infer<typeof softenForm>,
): Promise<{ name: string }> {
  return changed(ctx, wanted, async (tx, source) => {
    const [row] = await tx
      .select({ sealed: sources.revealSealed })
      .from(sources)
      .where(eq(sources.id, source.id));
    const sealed = row?.sealed ?? "";
    const reveal = unsealConnection(env().rootKey, revealId(source.id), sealed);
    if (!reveal) throw new Refusal(sealed === "" ? "changed-meanwhile" : "connection-sealed");
    await tx
      .update(sources)
      .set({
        connectionSealed: sealConnection(env().rootKey, source.id, reveal),
        revealSealed: null,
        version: sql`${sources.version} + 1`,
      })
      .where(eq(sources.id, source.id));
    return { code: "source.softened", details: connectionWords(reveal) } as const;
  });
}

type Changed = { code: "source.hardened" | "source.softened"; details: Record<string, string | number> };

async function changed(
  ctx: Context,
  { sourceId, version }: { sourceId: string; version: number },
  change: (tx: WriteTransaction, source: { id: string }) => Promise<Changed>,
): Promise<{ name: string }> {
  const result = await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    if (source.version !== version) throw new Refusal("changed-meanwhile");
    const event = await change(tx, source);
    return {
      result: { name: source.name },
      event: { ...event, resource: { sourceId: source.id, source: source.name } },
    };
  });
  await closePool(revealId(sourceId));
  return result;
}

type Roles = { masked: ConnectionParts; reveal: ConnectionParts };

/** The two connections that were entered, each tried on record, and to where the source was and nowhere else. */
async function enteredRoles(ctx: Context, wanted: Wanted): Promise<Roles> {
  const { connection } = await readConnection(ctx.db, wanted.sourceId);
  const read = (field: "masked" | "reveal") => {
    const parsed = parseSourceUrl(wanted[field]);
    if (!parsed.ok) throw new Refusal("bad-input", { [field]: parsed.words });
    const { host, port, database } = parsed.parts;
    if (host !== connection.host || port !== connection.port || database !== connection.database)
      throw new Refusal("bad-input", { [field]: "This is not the host, port and database of the source." });
    // With the certificates that the source was entered with: an address cannot name any.
    const ca = connection.tls.ca;
    return ca === undefined ? parsed.parts : { ...parsed.parts, tls: { ...parsed.parts.tls, ca } };
  };
  const roles = { masked: read("masked"), reveal: read("reveal") };
  for (const field of ["masked", "reveal"] as const) {
    const answer = await tryConnection(ctx, roles[field], wanted.sourceId);
    if (!answer.ok) throw new Refusal("bad-input", { [field]: `${answer.words} ${answer.hint}` });
  }
  return roles;
}

async function look(ctx: Context, sourceId: string, { masked, reveal }: Roles): Promise<Finding[]> {
  const { expected } = await readHardening(ctx.db, sourceId, "dots");
  try {
    const [seen, raw] = await Promise.all([inspectHardening(masked), inspectHardening(reveal)]);
    return [...judgeMasked(seen, expected), ...judgeReveal(raw, seen.role)];
  } catch (error) {
    throw sourceRefusal(error);
  }
}
