import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filterWords, parseFilter, printFilter } from "@/lib/browse/filter";
import { compileFilter } from "@/lib/browse/filter-sql";
import { opsOf } from "@/lib/browse/filter-ops";
import { SqlSink } from "@/lib/masking/sql";
import { catalogColumn, typeOf } from "@/lib/testing/catalog-table";

const clear = { method: "clear" } as const;
const columns = [
  catalogColumn("country", typeOf("text"), clear),
  catalogColumn("a:b,c%", typeOf("text"), clear),
  catalogColumn("orders", typeOf("number"), clear),
  catalogColumn("price", typeOf("number", { base: { schema: "pg_catalog", name: "numeric" } }), clear),
  catalogColumn("born", typeOf("date"), clear),
  catalogColumn("seen", typeOf("timestamp"), clear),
  catalogColumn("open", typeOf("boolean"), clear),
  catalogColumn(
    "size",
    typeOf("enum", { base: { schema: "public", name: "size" }, enumValues: ["s", "m,l", "x:l"] }),
    clear,
  ),
  catalogColumn("at", typeOf("time"), clear),
  catalogColumn("paid", typeOf("money"), clear),
  catalogColumn("token", typeOf("uuid"), clear),
  catalogColumn("address", typeOf("inet"), clear),
  catalogColumn("extra", typeOf("json"), clear),
  catalogColumn("email", typeOf("text"), { method: "partial", shape: "email" }),
  catalogColumn("secret", typeOf("text"), null),
];

function filter(text: string) {
  const read = parseFilter(text, columns);
  if (!read.ok) throw new Error(read.why);
  return read.filter;
}

function sql(text: string) {
  const sink = new SqlSink();
  return sink.statement(compileFilter(filter(text), sink));
}

const why = (text: string) => {
  const read = parseFilter(text, columns);
  return read.ok ? "" : read.why;
};

describe("a filter of an address", () => {
  test.each([
    ["country:is:DE", "country is DE"],
    ["country:is-not:DE", "country is not DE"],
    ["country:empty", "country is empty"],
    ["country:null", "country has no value"],
    ["orders:between:3..9", "orders is between 3 and 9"],
    ["born:lt:2000-02-29", "born is before 2000-02-29"],
    ["size:any:s,m%2Cl", "size is any of s, m,l"],
    ["seen:gte:2024-03-31T14:05", "seen is not before 2024-03-31 14:05"],
    ["a%3Ab%2Cc%25:contains:x:y", "a:b,c% contains x:y"],
  ])("%s reads %s and prints as it came", (text, words) => {
    expect(filterWords(filter(text))).toBe(words);
    expect(printFilter(filter(text))).toBe(text);
  });

  test.each([
    ["email:is:jane@example.com", "“email” is masked, so nothing can be filtered by it."],
    ["email:null", "“email” is masked, so nothing can be filtered by it."],
    ["secret:not-null", "“secret” is masked, so nothing can be filtered by it."],
    ["nowhere:is:1", "There is no column “nowhere” to filter by."],
    ["bogus", "“bogus” is not a filter."],
    ["country:like:x", "“country” cannot be filtered in this way."],
    ["extra:is:{}", "“extra” cannot be filtered in this way."],
    ["country:is:", "The filter on “country” lacks a value."],
    ["orders:is:2.5", "orders is “2.5”: write a whole number."],
    ["orders:is:2147483648", "orders is “2147483648”: this number is larger than the column can hold."],
    ["orders:between:1", "The filter on “orders” lacks a value."],
    ["born:is:2023-02-29", "born is “2023-02-29”: write a day such as 2024-03-31."],
    ["open:is:maybe", "open is “maybe”: write true or false."],
    ["size:is:xxl", "size is “xxl”: this is none of its values."],
    ["at:gt:25:00", "at is after “25:00”: write a time such as 14:05."],
    ["paid:gt:ten", "paid is above “ten”: write an amount such as 12.50."],
    ["token:is:1234", "token is “1234”: write a complete UUID."],
    ["address:is:10.0.0.400", "address is “10.0.0.400”: write an address such as 10.1.0.7."],
  ])("%s is refused in words", (text, words) => expect(why(text)).toBe(words));

  test("is read without an error whatever it says, and never names a masked column", () => {
    const names = fc.constantFrom(...columns.map(({ name }) => name), "", "x");
    const ops = fc.constantFrom("is", "any", "between", "null", "contains", "lt", "", "drop");
    const piece = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("1", "2024-01-01", "a..b", "true", "s,x"),
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.tuple(names, ops, piece).map((parts) => parts.join(":")),
    );
    fc.assert(
      fc.property(text, (address) => {
        const read = parseFilter(address, columns);
        if (!read.ok) {
          expect(read.why).not.toBe("");
          return;
        }
        const statement = new SqlSink();
        const condition = compileFilter(read.filter, statement);
        expect(condition).not.toMatch(/"email"|"secret"/u);
        expect(parseFilter(printFilter(read.filter), columns)).toEqual(read);
      }),
    );
  });
});

describe("the condition of a filter", () => {
  test("binds its values in the type of the column", () => {
    expect(sql("orders:gt:7")).toEqual({ text: `"orders" > $1::text::"pg_catalog"."int4"`, params: ["7"] });
    expect(sql("paid:is:12.50").text).toBe(`"paid" = $1::text::numeric::money`);
  });

  test("means all of a day or a minute of a moment", () => {
    expect(sql("seen:is:2024-03-31").text).toBe(
      `("seen" >= $1::text::"pg_catalog"."timestamptz" AND "seen" < ($1::text::"pg_catalog"."timestamptz" + interval '1 day'))`,
    );
    expect(sql("seen:gt:2024-03-31T14:05").text).toContain("interval '1 minute'");
  });

  test("takes patterns literally", () => {
    expect(sql("country:starts:10%_\\").params).toEqual(["10\\%\\_\\\\%"]);
  });

  test("names every parameter that it binds", () => {
    const values = { any: "s", between: "1..2" } as Record<string, string>;
    for (const column of columns.slice(0, -2)) {
      for (const op of opsOf(column.type)) {
        for (const value of [
          "1",
          "2024-01-01",
          "true",
          "s",
          "14:05",
          "10.0.0.1",
          "00000000-0000-4000-8000-000000000000",
        ]) {
          const name = column.name.replace(/[%:,]/gu, (sign) => encodeURIComponent(sign));
          const read = parseFilter(`${name}:${op}:${values[op] ?? value}`, columns);
          if (!read.ok) continue;
          const sink = new SqlSink();
          const { text, params } = sink.statement(compileFilter(read.filter, sink));
          for (const [index] of params.entries()) expect(text).toMatch(new RegExp(`[$]${index + 1}\\b`, "u"));
        }
      }
    }
  });
});
