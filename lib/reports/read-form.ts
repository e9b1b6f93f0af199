import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { kindOf, kindsFor } from "@/lib/reports/kinds";
import { isDiscreet, type AnyKind } from "@/lib/reports/report";
import { readClock } from "@/lib/reports/run-report";
import { lastDays } from "@/lib/reports/span";
import type { KindView, ReportFormView } from "@/lib/reports/view";

type Given = Readonly<Record<string, string>>;

/** The kinds of reports that this person may run, in order. */
export function listKinds(ctx: Context): KindView[] {
  return kindsFor(ctx.actor.roles).map(kindView);
}

/**
 * The form of a kind with what an address asks for, or what is usual, and what of it could not be read; null where there is
 * no such kind or not for this person. `isAsked` says that the address asks for the report and nothing in it is wrong.
 */
export async function readForm(
  ctx: Context,
  id: string,
  given: Given,
): Promise<{ form: ReportFormView; isAsked: boolean; isDiscreet: boolean } | null> {
  const kind = kindOf(id);
  if (!kind || !kindsFor(ctx.actor.roles).includes(kind)) return null;
  requirePermission(ctx, kind.permission);
  const isEmpty = Object.keys(given).length === 0 && kind.fields.length > 0;
  const read = isEmpty ? { mistakes: {} } : kind.read(given);
  const mistakes = "mistakes" in read ? read.mistakes : {};
  return {
    form: {
      kind: kindView(kind),
      fields: kind.fields,
      values: { ...(isEmpty ? await usualValues(ctx, kind) : {}), ...given },
      mistakes,
      people: asks(kind, "person") ? await listPeople(ctx) : [],
      tables: asks(kind, "table") ? await listTables(ctx) : [],
    },
    isDiscreet: isDiscreet(kind),
    isAsked: !isEmpty && Object.keys(mistakes).length === 0,
  };
}

const asks = ({ fields }: AnyKind, what: "person" | "table") => fields.some(({ kind }) => kind === what);

const kindView = ({ id, title, question, basis }: AnyKind): KindView => ({ id, title, question, basis });

async function usualValues(ctx: Context, { fields }: AnyKind): Promise<Given> {
  const span = fields.find((field) => field.kind === "span");
  return span ? lastDays(span.usualDays, await readClock(ctx)) : {};
}

/** Everybody who is or was here: reports are about the past too. */
async function listPeople({ db }: Context) {
  return db.select({ id: people.id, name: people.name }).from(people).orderBy(asc(people.name)).limit(5_000);
}

async function listTables({ db }: Context) {
  const name = sql<string>`${sources.name} || ': ' || ${catalogTables.schema} || '.' || ${catalogTables.name}`;
  return db
    .select({ id: catalogTables.id, name })
    .from(catalogTables)
    .innerJoin(sources, eq(sources.id, catalogTables.sourceId))
    .orderBy(name)
    .limit(5_000);
}
