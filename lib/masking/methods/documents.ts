import { z } from "zod";
import type { ColumnType } from "@/lib/catalog/column-type";
import { whole } from "@/lib/masking/dots";
import type { MaskKind } from "@/lib/masking/kind";
import type { SqlSink } from "@/lib/masking/sql";

/** Longer documents are masked whole: patterns over megabytes would hold up a page. */
const longestBytes = 20_000;
/** More containers could be nested more deeply than the server's stack allows. */
const mostContainers = 500;
const mostPaths = 20;

type Document = { method: "document"; allow?: string[][] };

const leaf = "•••";
/** No control character stands in the text of a JSON document: these two mark where a string begins and ends. */
const [open, close] = ["chr(1)", "chr(2)"];

/**
 * A JSON document with dots for every leaf, whatever its type, and for every key that is no plain word: in some
 * documents keys are data. Paths of the allow-list keep their values.
 */
export const document: MaskKind<Document> = {
  schema: z.strictObject({
    method: z.literal("document"),
    allow: z
      .array(z.array(z.string().min(1).max(100)).min(1).max(8))
      .max(mostPaths)
      .exactOptional(),
  }),
  id: "document",
  openness: "part",
  letter: "l",
  usual: [{ method: "document" }],
  costNs: 20_000,
  fits: (type) => isJson(type),
  compile: ({ sql, type }, { allow = [] }, sink) => {
    const text = `${sql}::text`;
    const isShallow = `length(${text}) - length(translate(${text}, '[{', '')) <= ${mostContainers}`;
    // json is stored unread, and only jsonb was looked at when it came: an escape may name what a text cannot hold,
    // and an exponent what a number cannot.
    const isReadable =
      type.base.name === "json" ? ` AND ${text} !~ '[\\\\]u|[0-9][eE][-+]?[0-9][0-9][0-9]'` : "";
    const isOpen = allow.length === 0 ? "" : ` AND ${text} ~ '^\\s*[[{]'`;
    const shown = withAllowed(allow.slice(0, mostPaths), `${sql}::jsonb`, sink);
    return `CASE WHEN ${sql} IS NULL THEN NULL WHEN octet_length(${text}) <= ${longestBytes} AND ${isShallow}${isReadable}${isOpen}
      THEN (SELECT coalesce(nullif(${shown}::text, ${sql}::jsonb::text), ${whole}) FROM (${leavesOf(`${sql}::jsonb::text`)}) AS "glimpse value")
      ELSE ${whole} END`;
  },
  variant: ({ allow }) => (allow === undefined ? "" : JSON.stringify(allow)),
  name: ({ allow }) =>
    allow === undefined || allow.length === 0
      ? "document, no values"
      : `document, ${allow.length} ${allow.length === 1 ? "path" : "paths"} shown`,
  says: ({ allow }) =>
    `The keys of the document with dots for its values${allow === undefined || allow.length === 0 ? "" : `, but for ${allow.map((path) => path.join(".")).join(", ")} with all that is below`}. Gives away its keys, how many values it has${allow === undefined ? "" : " and those shown"}.`,
};

function isJson({ category, base }: ColumnType): boolean {
  return (
    category === "json" && base.schema === "pg_catalog" && (base.name === "json" || base.name === "jsonb")
  );
}

/** SELECTs the document as jsonb with its leaves masked, under the name of `glimpse text`. */
function leavesOf(text: string): string {
  const marked = `regexp_replace(${text}, '"((?:[^"\\\\]|\\\\.)*)"', ${open} || '\\1' || ${close}, 'g')`;
  const steps: readonly (readonly [pattern: string, by: string])[] = [
    // Keys that are no plain words, then strings that are no keys, then what is left outside of strings.
    [
      `${open} || '(?![A-Za-z_][0-9A-Za-z_]{0,40}' || ${close} || ')[^' || ${close} || ']*' || ${close} || '(?=:)'`,
      `${open} || '${leaf}' || ${close}`,
    ],
    [`${open} || '[^' || ${close} || ']*' || ${close} || '(?!:)'`, `'"${leaf}"'`],
    [`'(^|[[ ,])(-?[0-9][-+.0-9eE]*|true|false|null)(?=[],}]|$)'`, `'\\1"${leaf}"'`],
  ];
  const masked = steps.reduce(
    (before, [pattern, by]) => `regexp_replace(${before}, ${pattern}, ${by}, 'g')`,
    marked,
  );
  return `SELECT translate(${masked}, ${open} || ${close}, '""')::jsonb AS "glimpse text" OFFSET 0`;
}

/** Puts back what the allow-list names, where the document has it: anywhere else `jsonb_set` could raise. */
function withAllowed(allow: readonly (readonly string[])[], document: string, sink: SqlSink): string {
  return allow.reduce((before, path) => {
    const place = sink.bind(path, "text[]");
    return `jsonb_set(${before}, CASE WHEN "glimpse text" #> ${place} IS NULL THEN '{}' ELSE ${place} END, coalesce(${document} #> ${place}, '""'), false)`;
  }, '"glimpse text"');
}
