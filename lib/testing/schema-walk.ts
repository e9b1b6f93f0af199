import { z } from "zod";

/** A document with one of its parts turned into something else that its schema takes, and the name of that part. */
export type Turn = { path: string; document: unknown };

/**
 * Every part of a document that its schema knows, each turned once. A part of a choice carries the kind it is of, as
 * in `rules[].outcome<deny>.words`, so that what a document leaves out can be told from what it turns.
 */
export function turnsOf(schema: z.ZodType, document: unknown): Turn[] {
  return turns(schema, document, "").filter((turn) => schema.safeParse(turn.document).success);
}

/** The names of all parts that a schema knows. */
export function partsOf(schema: z.ZodType, path = ""): string[] {
  if (isWrapper(schema)) return partsOf(inside(schema), path);
  if (schema instanceof z.ZodObject) return objectParts(schema, path);
  if (schema instanceof z.ZodArray) return partsOf(schema.element as z.ZodType, `${path}[]`);
  if (schema instanceof z.ZodTuple) return partsOf(schema.def.items[0] as z.ZodType, `${path}[]`);
  if (schema instanceof z.ZodRecord) return partsOf(schema.valueType as z.ZodType, `${path}{}`);
  if (schema instanceof z.ZodDiscriminatedUnion)
    return (schema.options as z.ZodObject[]).flatMap((option) =>
      objectParts(option, `${path}<${kindOf(option)}>`),
    );
  return schema instanceof z.ZodLiteral ? [] : [path];
}

const objectParts = (schema: z.ZodObject, path: string): string[] =>
  Object.entries(schema.shape).flatMap(([key, inner]) => partsOf(inner as z.ZodType, joined(path, key)));

function turns(schema: z.ZodType, value: unknown, path: string): Turn[] {
  if (value === undefined) return [];
  if (isWrapper(schema)) return turns(inside(schema), value, path);
  if (schema instanceof z.ZodObject) return objectTurns(schema, value, path);
  if (schema instanceof z.ZodArray) return listTurns(() => schema.element as z.ZodType, value, `${path}[]`);
  if (schema instanceof z.ZodTuple)
    return listTurns((at) => schema.def.items[at] as z.ZodType, value, `${path}[]`);
  if (schema instanceof z.ZodRecord)
    return Object.entries(value as object).flatMap(([key, inner]) =>
      turns(schema.valueType as z.ZodType, inner, `${path}{}`).map((turn) => ({
        ...turn,
        document: { ...(value as object), [key]: turn.document },
      })),
    );
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const kind = String((value as { kind: string }).kind);
    const option = (schema.options as z.ZodObject[]).find((one) => kindOf(one) === kind);
    return option ? objectTurns(option, value, `${path}<${kind}>`) : [];
  }
  return otherValues(schema, value).map((document) => ({ path, document }));
}

function objectTurns(schema: z.ZodObject, value: unknown, path: string): Turn[] {
  const held = value as Record<string, unknown>;
  return Object.entries(schema.shape).flatMap(([key, inner]) =>
    turns(inner as z.ZodType, held[key], joined(path, key)).map((turn) => ({
      ...turn,
      document: { ...held, [key]: turn.document },
    })),
  );
}

function listTurns(elementAt: (at: number) => z.ZodType, value: unknown, path: string): Turn[] {
  const list = value as unknown[];
  return list.flatMap((inner, at) =>
    turns(elementAt(at), inner, path).map((turn) => ({ ...turn, document: list.with(at, turn.document) })),
  );
}

/** Another value of the same type; the first that its schema takes. */
function otherValues(schema: z.ZodType, value: unknown): unknown[] {
  const tried: unknown[] =
    schema instanceof z.ZodEnum
      ? schema.options.filter((one) => one !== value)
      : typeof value === "boolean"
        ? [!value]
        : typeof value === "number"
          ? [value + 1, value - 1, value / 2]
          : typeof value === "string"
            ? [value.replace(/.$/, (last) => (last === "9" ? "8" : "9"))]
            : [];
  return tried.filter((one) => schema.safeParse(one).success).slice(0, 1);
}

type Wrapper = { unwrap: () => z.ZodType };

const isWrapper = (schema: z.ZodType): boolean =>
  schema instanceof z.ZodDefault ||
  schema instanceof z.ZodNullable ||
  schema instanceof z.ZodOptional ||
  schema instanceof z.ZodExactOptional;

const inside = (schema: z.ZodType): z.ZodType => (schema as unknown as Wrapper).unwrap();
const kindOf = (option: z.ZodObject): string => String([...(option.shape["kind"] as z.ZodLiteral).values][0]);
const joined = (path: string, key: string) => (path === "" ? key : `${path}.${key}`);
