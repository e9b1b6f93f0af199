import { z } from "zod";
import type { ColumnType } from "@/lib/catalog/column-type";
import { whole } from "@/lib/masking/dots";
import { type AnyKind, kindIdOf, type MaskInput, type MaskKind } from "@/lib/masking/kind";
import { type SimpleMask, simpleKinds } from "@/lib/masking/kinds";
import { innerNames, type SqlSink } from "@/lib/masking/sql";

const kinds = new Map<string, AnyKind>(simpleKinds.map((kind) => [kind.id, kind as unknown as AnyKind]));

/** What reads nothing, and what names another column, makes no sense within a value. */
const withinKinds = simpleKinds.filter(({ costNs, id }) => costNs > 0 && id !== "shift");
const ofSchema = z.union(withinKinds.map(({ schema }) => schema)) as unknown as z.ZodType<SimpleMask>;

const within = (mask: SimpleMask): AnyKind | undefined => {
  const kind = kinds.get(kindIdOf(mask));
  return kind !== undefined && kind.costNs > 0 && kind.id !== "shift" ? kind : undefined;
};

const element = `"${innerNames.element}"`;
const mostElements = 20;

type Elements = { method: "elements"; of: SimpleMask };

/** Each element of an array under a mask of its own, in order; those behind the twentieth are not shown. */
export const elements: MaskKind<Elements> = {
  schema: z.strictObject({ method: z.literal("elements"), of: ofSchema }),
  id: "elements",
  openness: "part",
  letter: "a",
  key: "class",
  usual: withinKinds.flatMap(({ usual }) => usual.map((of): Elements => ({ method: "elements", of }))),
  classesOf: ({ of }) => within(of)?.classes,
  withheld: ({ of }) => within(of)?.withheld?.(of) === true,
  costNs: 9_000,
  fits: ({ element: type }, { of }) => type !== undefined && within(of)?.fits(type, of) === true,
  compile: ({ sql, type, keys }, { of }, sink) => {
    const own: MaskInput = { sql: element, type: type.element ?? type, ...(keys && { keys }) };
    const shown = `coalesce(${within(of)?.compile(own, of, sink) ?? whole}, 'null')`;
    const members = `unnest(${sql}) WITH ORDINALITY AS "glimpse value" (${element}, "glimpse place")`;
    const more = `CASE WHEN cardinality(${sql}) > ${mostElements} THEN ', …' ELSE '' END`;
    return `CASE WHEN ${sql} IS NULL THEN NULL WHEN cardinality(${sql}) = 0 THEN ${whole} ELSE
      (SELECT string_agg(${shown}, ', ' ORDER BY "glimpse place") FROM ${members} WHERE "glimpse place" <= ${mostElements}) || ${more} END`;
  },
  variant: ({ of }) => `${kindIdOf(of)} ${within(of)?.variant(of) ?? ""}`.trim(),
  name: ({ of }) => `each: ${within(of)?.name(of) ?? ""}`,
  says: ({ of }) => `Of each element: ${within(of)?.says(of) ?? ""} The number of elements shows.`,
};

type Bounds = { method: "bounds"; of: SimpleMask };

/** What the bounds of the built-in ranges are. */
const boundTypes: Readonly<Record<string, ColumnType>> = {
  int4range: boundType("int4", "number"),
  int8range: boundType("int8", "number"),
  numrange: boundType("numeric", "number"),
  daterange: boundType("date", "date"),
  tsrange: boundType("timestamp", "timestamp"),
  tstzrange: boundType("timestamptz", "timestamp"),
};

function boundType(name: string, category: ColumnType["category"]): ColumnType {
  return { name, category, base: { schema: "pg_catalog", name } };
}

const boundOf = ({ category, base }: ColumnType) =>
  category === "range" && base.schema === "pg_catalog" ? boundTypes[base.name] : undefined;

const coarse = (mask: SimpleMask) => (mask.method === "generalise" ? within(mask) : undefined);

/** The two ends of a range, each made coarser. */
export const bounds: MaskKind<Bounds> = {
  schema: z.strictObject({ method: z.literal("bounds"), of: ofSchema }),
  id: "bounds",
  openness: "range",
  letter: "g",
  usual: withinKinds
    .filter((kind) => kind.id.startsWith("generalise ") && kind.classes === undefined)
    .flatMap(({ usual }) => usual.map((of): Bounds => ({ method: "bounds", of }))),
  classesOf: ({ of }) => within(of)?.classes,
  costNs: 1_000,
  fits: (type, { of }) => {
    const bound = boundOf(type);
    return bound !== undefined && coarse(of)?.fits(bound, of) === true;
  },
  compile: ({ sql, type }, { of }, sink) => {
    const shown = (end: "lower" | "upper") => shownBound(`${end}(${sql})`, boundOf(type), of, sink);
    return `CASE WHEN ${sql} IS NULL THEN NULL WHEN isempty(${sql}) THEN ${whole} ELSE ${shown("lower")} || ' to ' || ${shown("upper")} END`;
  },
  variant: ({ of }) => `${kindIdOf(of)} ${within(of)?.variant(of) ?? ""}`.trim(),
  name: ({ of }) => `bounds: ${within(of)?.name(of) ?? ""}`,
  says: ({ of }) => `Of each bound: ${within(of)?.says(of) ?? ""}`,
};

function shownBound(sql: string, type: ColumnType | undefined, of: SimpleMask, sink: SqlSink): string {
  if (type === undefined) return whole;
  return `coalesce(${coarse(of)?.compile({ sql, type }, of, sink) ?? whole}, '…')`;
}
