import { z } from "zod";

export const typeCategories = [
  "text",
  "number",
  "boolean",
  "date",
  "timestamp",
  "time",
  "uuid",
  "enum",
  "json",
  "array",
  "bytea",
  "inet",
  "range",
  "composite",
  "geometry",
  "interval",
  "money",
  "bit",
  "xml",
  "tsvector",
  "other",
] as const;

export type TypeCategory = (typeof typeCategories)[number];

/** What a column holds for PostgreSQL; domains are resolved to their base type and remembered by name. */
export type ColumnType = {
  /** `format_type` of the column as declared, for people: `character varying(45)`, `public.email`. */
  name: string;
  category: TypeCategory;
  /** The base type after domains, as schema and name: what SQL casts to, through `quoteIdentifier`. */
  base: { schema: string; name: string };
  domain?: { schema: string; name: string };
  enumValues?: string[];
  element?: ColumnType;
  /** The fields of a composite type with their types, in order, as text: they may change while its name stays. */
  fields?: string;
};

const qualifiedSchema = z.object({ schema: z.string(), name: z.string() });

/** The stored form of a column type. */
export const columnTypeSchema: z.ZodType<ColumnType> = z.lazy(() =>
  z.object({
    name: z.string(),
    category: z.enum(typeCategories),
    base: qualifiedSchema,
    domain: qualifiedSchema.exactOptional(),
    enumValues: z.array(z.string()).exactOptional(),
    element: columnTypeSchema.exactOptional(),
    fields: z.string().exactOptional(),
  }),
);

/** One type as `pg_type` tells it; `typbasetype` and `typelem` are already followed by the caller. */
export type TypeFacts = {
  name: string;
  schema: string;
  typname: string;
  /** `pg_type.typtype`: b base, c composite, d domain, e enum, p pseudo, r range, m multirange. */
  typtype: string;
  /** `pg_type.typcategory`. */
  typcategory: string;
  base?: TypeFacts;
  element?: TypeFacts;
  enumValues?: string[];
  fields?: string;
};

const builtIn: Record<string, TypeCategory> = {
  text: "text",
  varchar: "text",
  bpchar: "text",
  char: "text",
  name: "text",
  int2: "number",
  int4: "number",
  int8: "number",
  numeric: "number",
  float4: "number",
  float8: "number",
  bool: "boolean",
  date: "date",
  timestamp: "timestamp",
  timestamptz: "timestamp",
  time: "time",
  timetz: "time",
  uuid: "uuid",
  json: "json",
  jsonb: "json",
  bytea: "bytea",
  inet: "inet",
  cidr: "inet",
  macaddr: "inet",
  macaddr8: "inet",
  interval: "interval",
  money: "money",
  bit: "bit",
  varbit: "bit",
  xml: "xml",
  tsvector: "tsvector",
  point: "geometry",
  line: "geometry",
  lseg: "geometry",
  box: "geometry",
  path: "geometry",
  polygon: "geometry",
  circle: "geometry",
};

/** Extensions are known by the name of their type alone: their schema is the installer's choice. */
const extension: Record<string, TypeCategory> = {
  citext: "text",
  hstore: "json",
  geometry: "geometry",
  geography: "geometry",
  box2d: "geometry",
  box3d: "geometry",
};

/** Sorts a type into its category; what is not known for certain is `other`, which no mask looks into. */
export function columnTypeOf(facts: TypeFacts): ColumnType {
  if (facts.typtype === "d" && facts.base) {
    const resolved = columnTypeOf(facts.base);
    return { ...resolved, name: facts.name, domain: { schema: facts.schema, name: facts.typname } };
  }
  const type: ColumnType = {
    name: facts.name,
    category: categoryOf(facts),
    base: { schema: facts.schema, name: facts.typname },
  };
  if (type.category === "enum") type.enumValues = facts.enumValues ?? [];
  if (type.category === "composite") type.fields = facts.fields ?? "";
  if (type.category === "array" && facts.element) type.element = columnTypeOf(facts.element);
  return type;
}

function categoryOf(facts: TypeFacts): TypeCategory {
  if (facts.typtype === "e") return "enum";
  if (facts.typtype === "c") return "composite";
  if (facts.typtype === "r" || facts.typtype === "m") return "range";
  if (facts.typtype !== "b") return "other";
  if (facts.typcategory === "A") return "array";
  const known = facts.schema === "pg_catalog" ? builtIn : extension;
  return Object.hasOwn(known, facts.typname) ? (known[facts.typname] ?? "other") : "other";
}
