import "server-only";
import { and, asc, eq, isNull, like, or, sql } from "drizzle-orm";
import type { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import {
  type addClassForm,
  type changeClassForm,
  classIdOf,
  type classMaskForm,
  type retireClassForm,
  stricterMasks,
} from "@/lib/catalog/class-form";
import { dataClass, dataClasses } from "@/lib/catalog/classes";
import { holdColumns, type HeldColumn } from "@/lib/catalog/hold-columns";
import { type HeldSource, holdSource } from "@/lib/catalog/hold-steward";
import { reopenHeld } from "@/lib/catalog/reopen-columns";
import type { WriteTransaction } from "@/lib/db/control-database";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { classMasks, ownClasses } from "@/lib/db/schema/classes";
import { endAccess } from "@/lib/grants/end-access";
import { isRead, maskKey, maskName } from "@/lib/masking/mask";
import { Refusal } from "@/lib/refusal";

type Content = z.infer<typeof addClassForm>;

/** Adds a class of the stewards' own; no other class that stands may be called the same. */
export async function addClass(ctx: Context, input: Content): Promise<{ id: string; title: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "catalog");
    await holdTitles(tx);
    await refuseTaken(tx, input.title, null);
    const id = await freeId(tx, input.title);
    await tx.insert(ownClasses).values({ id, ...valuesOf(input) });
    return { result: { id, title: input.title }, event: classEvent("class.added", id, input) };
  });
}

export type ChangedClass = { title: string; columns: number; endedGrants: number };

/**
 * Changes a class of the stewards' own. Where columns are of it, a lower sensitivity or a longer reveal has to be
 * accepted; the grants on these columns end whenever its sensitivity or its longest reveal changes (design §5), and
 * those under a mask that reads their values are hidden once it opens for nobody.
 */
export async function changeClass(
  ctx: Context,
  input: z.infer<typeof changeClassForm>,
): Promise<ChangedClass> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "catalog");
    await holdTitles(tx);
    const before = await holdClass(tx, input);
    await refuseTaken(tx, input.title, before.id);
    const inUse = await holdUses(tx, before.id);
    const isWeaker =
      input.sensitivity < before.sensitivity || input.maxRevealMinutes > before.maxRevealMinutes;
    const columns = inUse.flatMap(({ held }) => held);
    if (isWeaker && columns.length > 0 && !input.accept) throw new Refusal("class-in-use");
    await tx
      .update(ownClasses)
      .set({ ...valuesOf(input), version: sql`${ownClasses.version} + 1` })
      .where(eq(ownClasses.id, before.id));
    const isOther =
      input.sensitivity !== before.sensitivity || input.maxRevealMinutes !== before.maxRevealMinutes;
    const never = input.maxRevealMinutes === 0;
    const hidden = await reopenAll(tx, inUse, (column) => never && isRead(column.mask));
    const ended = isOther
      ? await endAccess(tx, { columnIds: columns.map(({ id }) => id) }, "column-changed")
      : { grants: 0, events: [] };
    return {
      result: {
        title: input.title,
        columns: columns.length,
        endedGrants: hidden.endedGrants + ended.grants,
      },
      event: [classEvent("class.changed", before.id, input), ...hidden.events, ...ended.events],
    };
  });
}

/** Retires a class of the stewards' own: its columns are hidden until confirmed as another, and grants on them end. */
export async function retireClass(
  ctx: Context,
  input: z.infer<typeof retireClassForm>,
): Promise<ChangedClass> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "catalog");
    const { id, title } = await holdClass(tx, input);
    const inUse = await holdUses(tx, id);
    await tx
      .update(ownClasses)
      .set({ retiredAt: sql`clock_timestamp()`, version: sql`${ownClasses.version} + 1` })
      .where(eq(ownClasses.id, id));
    const { endedGrants, events } = await reopenAll(tx, inUse, () => true);
    const columns = inUse.flatMap(({ held }) => held).length;
    return {
      result: { title, columns, endedGrants },
      event: [{ code: "class.retired", details: { classId: id, title, columns } }, ...events],
    };
  });
}

/** Prefers a stricter mask for a built-in class where it is proposed from now on, or takes that back. */
export async function setClassMask(
  ctx: Context,
  { classId, mask: key }: z.infer<typeof classMaskForm>,
): Promise<{ title: string }> {
  const builtIn = dataClass(classId);
  if (!builtIn) throw new Refusal("not-found");
  const mask = key === "" ? builtIn.defaultMask : stricterMasks(builtIn).get(key);
  if (mask === undefined) throw new Refusal("class-fixed");
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "catalog");
    await (key === ""
      ? tx.delete(classMasks).where(eq(classMasks.classId, classId))
      : tx
          .insert(classMasks)
          .values({ classId, mask })
          .onConflictDoUpdate({ target: classMasks.classId, set: { mask } }));
    const { title } = builtIn;
    return {
      result: { title },
      event: { code: "class.mask_changed", details: { classId, title, mask: maskName(mask) } },
    };
  });
}

function valuesOf({ title, group, sensitivity, regulations, mask, maxRevealMinutes, words }: Content) {
  return { title, classGroup: group, sensitivity, regulations, defaultMask: mask, maxRevealMinutes, words };
}

function classEvent(code: "class.added" | "class.changed", classId: string, input: Content): AuditEvent {
  const { title, sensitivity, maxRevealMinutes, mask } = input;
  return { code, details: { classId, title, sensitivity, maxRevealMinutes, mask: maskKey(mask) } };
}

/** Titles are compared with each other one deed after the other. */
async function holdTitles(tx: WriteTransaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended('glimpse classes', 0))`);
}

async function refuseTaken(tx: WriteTransaction, title: string, ownId: string | null): Promise<void> {
  const wanted = title.toLowerCase();
  const [taken] = await tx
    .select({ id: ownClasses.id })
    .from(ownClasses)
    .where(
      and(
        isNull(ownClasses.retiredAt),
        eq(sql`lower(${ownClasses.title})`, sql`lower(${title})`),
        ownId === null ? undefined : sql`${ownClasses.id} <> ${ownId}`,
      ),
    );
  if (taken || dataClasses.some((one) => one.title.toLowerCase() === wanted))
    throw new Refusal("bad-input", { title: "Another class is called this already." });
}

/** The id of a retired class is never given again: requests and the audit log mean that one. */
async function freeId(tx: WriteTransaction, title: string): Promise<string> {
  const id = classIdOf(title);
  const taken = await tx
    .select({ id: ownClasses.id })
    .from(ownClasses)
    .where(or(eq(ownClasses.id, id), like(ownClasses.id, `${id.replaceAll("_", "\\_")}\\_%`)));
  const ids = new Set(taken.map((row) => row.id));
  if (!ids.has(id)) return id;
  for (let number = 2; ; number += 1) if (!ids.has(`${id}_${number}`)) return `${id}_${number}`;
}

async function holdClass(tx: WriteTransaction, { classId, version }: { classId: string; version: number }) {
  if (dataClass(classId)) throw new Refusal("class-fixed");
  const [found] = await tx
    .select()
    .from(ownClasses)
    .where(and(eq(ownClasses.id, classId), isNull(ownClasses.retiredAt)))
    .for("update");
  if (!found) throw new Refusal("not-found");
  if (found.version !== version) throw new Refusal("changed-meanwhile");
  return found;
}

type Uses = { source: HeldSource; held: readonly HeldColumn[] };

/** The confirmed columns of a class in every source, held; sources in one order, so that two deeds do not cross. */
async function holdUses(tx: WriteTransaction, classId: string): Promise<Uses[]> {
  const rows = await tx
    .selectDistinct({ id: sources.id })
    .from(sources)
    .innerJoin(catalogTables, eq(catalogTables.sourceId, sources.id))
    .innerJoin(catalogColumns, eq(catalogColumns.tableId, catalogTables.id))
    .where(and(isNull(sources.removedAt), eq(catalogColumns.classId, classId)))
    .orderBy(asc(sources.id));
  const uses: Uses[] = [];
  for (const { id } of rows) {
    const source = await holdSource(tx, id);
    uses.push({ source, held: await holdColumns(tx, id, { ofClass: classId }) });
  }
  return uses;
}

async function reopenAll(
  tx: WriteTransaction,
  uses: readonly Uses[],
  which: (column: HeldColumn) => boolean,
): Promise<{ endedGrants: number; events: AuditEvent[] }> {
  const all = { endedGrants: 0, events: [] as AuditEvent[] };
  for (const { source, held } of uses) {
    const { endedGrants, events } = await reopenHeld(tx, source, held.filter(which));
    all.endedGrants += endedGrants;
    all.events.push(...events);
  }
  return all;
}
