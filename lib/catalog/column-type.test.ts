import { expect, test } from "vitest";
import { columnTypeOf, columnTypeSchema, type TypeFacts } from "@/lib/catalog/column-type";

const facts = (typname: string, more: Partial<TypeFacts> = {}): TypeFacts => ({
  name: typname,
  schema: "pg_catalog",
  typname,
  typtype: "b",
  typcategory: "S",
  ...more,
});

test("a domain is what it is made of, through any number of domains, and remembers its own name", () => {
  const inner = facts("inner_mail", {
    schema: "public",
    typtype: "d",
    base: facts("varchar", { name: "character varying(320)" }),
  });
  const outer = facts("outer_mail", {
    schema: "public",
    name: "public.outer_mail",
    typtype: "d",
    base: inner,
  });
  expect(columnTypeOf(outer)).toEqual({
    name: "public.outer_mail",
    category: "text",
    base: { schema: "pg_catalog", name: "varchar" },
    domain: { schema: "public", name: "outer_mail" },
  });
});

test("a type is known by its schema too: one that only bears a known name is other", () => {
  expect(columnTypeOf(facts("text")).category).toBe("text");
  expect(columnTypeOf(facts("text", { schema: "public" })).category).toBe("other");
  expect(columnTypeOf(facts("citext", { schema: "extensions" })).category).toBe("text");
  expect(columnTypeOf(facts("constructor", { schema: "public" })).category).toBe("other");
});

test("what is not known for certain is other", () => {
  for (const type of [
    facts("oid"),
    facts("regclass"),
    facts("pg_lsn"),
    facts("vector", { schema: "public" }),
    facts("void", { typtype: "p" }),
  ])
    expect(columnTypeOf(type).category, type.typname).toBe("other");
});

test("ranges and multiranges are ranges", () => {
  expect(columnTypeOf(facts("tstzrange", { typtype: "r", typcategory: "R" })).category).toBe("range");
  expect(columnTypeOf(facts("int4multirange", { typtype: "m", typcategory: "R" })).category).toBe("range");
});

test("enums keep their labels and arrays their element", () => {
  const mood = facts("mood", { schema: "public", typtype: "e", enumValues: ["sad", "happy"] });
  expect(columnTypeOf(facts("_mood", { schema: "public", typcategory: "A", element: mood }))).toMatchObject({
    category: "array",
    element: { category: "enum", enumValues: ["sad", "happy"] },
  });
});

test("what is stored reads back the same", () => {
  const type = columnTypeOf(
    facts("_mood", { typcategory: "A", element: facts("mood", { typtype: "e", enumValues: [] }) }),
  );
  expect(columnTypeSchema.parse(JSON.parse(JSON.stringify(type)))).toEqual(type);
  expect(columnTypeSchema.safeParse({ name: "x", category: "unheard" }).success).toBe(false);
});
