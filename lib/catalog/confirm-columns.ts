import "server-only";
import { sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { ClassBook } from "@/lib/catalog/classes";
import { forgetValues } from "@/lib/catalog/forget-values";
import { answeringSteward, holdSource, type HeldSource } from "@/lib/catalog/hold-steward";
import { holdColumns, type HeldColumn, type WhichColumns } from "@/lib/catalog/hold-columns";
import { holdClasses } from "@/lib/catalog/read-classes";
import { refuseUnsafe } from "@/lib/catalog/refuse-unsafe";
import type { WriteTransaction } from "@/lib/db/control-database";
import { endAccess } from "@/lib/grants/end-access";
import { maskFits, maskName, type Mask } from "@/lib/masking/mask";
import { Refusal } from "@/lib/refusal";

/** What a steward decided on one column, and the version of it that they saw. */
export type ColumnChoice = { id: string; version: number; classId: string; mask: Mask };

export type Confirmed = {
  count: number;
  /** The moment, to the microsecond, by which these confirmations can be taken back. */
  at: string;
  endedGrants: number;
};

/**
 * Confirms columns of one source: from now on they show under these masks. Refuses all when one of them is not of
 * this source, was changed meanwhile, or has a class that does not exist or a mask that does not fit its type.
 * Live grants and waiting requests on columns whose class changes end (design §5).
 */
export async function confirmColumns(
  ctx: Context,
  {
    sourceId,
    choices,
    onBehalfOf,
  }: { sourceId: string; choices: readonly ColumnChoice[]; onBehalfOf?: string },
): Promise<Confirmed> {
  const wanted = new Map(choices.map((choice) => [choice.id, choice]));
  if (wanted.size === 0 || wanted.size !== choices.length) throw new Refusal("bad-input");
  return confirmHeld(ctx, sourceId, onBehalfOf, { ids: [...wanted.keys()] }, (held) => {
    if (held.length !== wanted.size) throw new Refusal("not-found");
    return held.map((column) => checked(column, wanted.get(column.id)));
  });
}

/** Confirms what `choose` makes of the columns that were locked; the one place where a column becomes confirmed. */
export async function confirmHeld(
  ctx: Context,
  sourceId: string,
  onBehalfOf: string | undefined,
  which: WhichColumns,
  choose: (held: readonly HeldColumn[], classes: ClassBook) => readonly ChosenColumn[],
  how: { preset?: string } = {},
): Promise<Confirmed> {
  return recorded(ctx, async (tx) => {
    const steward = await answeringSteward(tx, ctx, onBehalfOf);
    const classes = await holdClasses(tx);
    const source = await holdSource(tx, sourceId);
    const chosen = choose(await holdColumns(tx, sourceId, which), classes);
    const [first, ...more] = confirmedEvents(source, chosen, how);
    if (!first) throw new Refusal("nothing-to-confirm");
    await refuseUnsafe(tx, sourceId, chosen, classes);
    const at = await storeChoices(tx, steward.id, chosen);
    const reclassed = chosen.filter(
      ({ column, classId }) => column.classId !== null && column.classId !== classId,
    );
    const ended = await endAccess(
      tx,
      { columnIds: reclassed.map(({ column }) => column.id) },
      "column-changed",
    );
    const forgotten = await forgetValues(tx, source);
    const answers = ctx.actor.kind === "system" ? { subject: steward } : {};
    return {
      result: { count: chosen.length, at, endedGrants: ended.grants },
      event: [
        { ...first, ...answers },
        ...more.map((event) => ({ ...event, ...answers })),
        ...ended.events,
        ...forgotten,
      ],
    };
  });
}

export type ChosenColumn = { column: HeldColumn; classId: string; mask: Mask };

function checked(column: HeldColumn, choice: ColumnChoice | undefined): ChosenColumn {
  if (!choice) throw new Refusal("not-found");
  if (column.version !== choice.version) throw new Refusal("changed-meanwhile");
  if (!maskFits(column.type, choice.mask)) {
    throw new Refusal("bad-input", { mask: `This mask does not fit ${column.type.name}.` });
  }
  return { column, classId: choice.classId, mask: choice.mask };
}

async function storeChoices(
  tx: WriteTransaction,
  stewardId: string,
  chosen: readonly ChosenColumn[],
): Promise<string> {
  const rows = chosen.map(({ column, classId, mask }) => ({ id: column.id, class_id: classId, mask }));
  const [stored] = await tx.execute<{ at: string; count: number }>(sql`
    WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS at), stored AS (
      UPDATE catalog_columns c SET state = 'confirmed', class_id = f.class_id, mask = f.mask, last_mask = NULL,
        confirmed_type = c.type_name, confirmed_by = ${stewardId}, confirmed_at = moment.at, version = c.version + 1
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS f(id uuid, class_id text, mask jsonb), moment
      WHERE c.id = f.id RETURNING c.id
    )
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
      (SELECT count(*) FROM stored)::int AS count FROM moment`);
  if (!stored || stored.count !== rows.length) throw new Refusal("changed-meanwhile");
  return stored.at;
}

/** One event for each table, with what was decided on each column in words. */
function confirmedEvents(
  source: HeldSource,
  chosen: readonly ChosenColumn[],
  how: { preset?: string },
): AuditEvent[] {
  return [...new Set(chosen.map(({ column }) => column.tableId))].map((tableId) => {
    const own = chosen.filter(({ column }) => column.tableId === tableId);
    return {
      code: "catalog.confirmed",
      resource: {
        sourceId: source.id,
        source: source.name,
        tableId,
        table: own[0]?.column.table ?? "",
        fields: own.map(({ column }) => column.name),
        classes: own.map(({ classId }) => classId),
      },
      details: { masks: own.map(({ mask }) => maskName(mask)), ...how },
    };
  });
}
