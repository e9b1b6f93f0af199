import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "@/lib/browse/cursor";
import { compilePage, compilePlacePage } from "@/lib/browse/page-query";
import { chooseOrder, type RowOrder } from "@/lib/browse/row-order";
import {
  DEFAULT_COLUMNS,
  parseTableState,
  type SearchParams,
  tableQuery,
  type TableState,
} from "@/lib/browse/table-state";
import { projectedColumn, tableHandle } from "@/lib/catalog/projection";
import type { CatalogTable } from "@/lib/catalog/table";
import { maskKeyring } from "@/lib/masking/keys";
import { catalogColumn, catalogTable, typeOf } from "@/lib/testing/catalog-table";

const clear = { method: "clear" } as const;
const redact = { method: "redact" } as const;
const columns = [
  catalogColumn("id", typeOf("number"), clear),
  catalogColumn("country", typeOf("text"), clear),
  catalogColumn("seen", typeOf("timestamp"), clear),
  catalogColumn("extra", typeOf("json"), clear),
  catalogColumn("-odd", typeOf("text"), clear),
  catalogColumn("email", typeOf("text"), redact),
  catalogColumn("secret", typeOf("text"), null),
];
const byKey = catalogTable(columns, ["id"]);
const byMaskedKey = catalogTable(columns, ["email"]);
const byPlace = catalogTable(columns, []);
const byOffset = catalogTable(columns, [], "view");
const keyring = maskKeyring(Buffer.alloc(32, 7), { id: "shop", keyVersion: 1 });

const parse = (table: CatalogTable, query: string) => {
  const params = new URLSearchParams(query);
  return parseTableState(
    table,
    Object.fromEntries([...new Set(params.keys())].map((key) => [key, params.getAll(key)])),
  );
};

function statements(table: CatalogTable, state: TableState): string[] {
  const query = {
    ...state,
    table,
    columns: state.columns.map((column) => projectedColumn(table, column)),
    handle: tableHandle(table, keyring),
    keyring,
    placeKey: Buffer.alloc(32),
  };
  const pages = compilePage(query).map(({ fragment }) => fragment.text);
  return [...pages, compilePlacePage(query, { from: "(0,0)", to: "(1,0)" }).text];
}

describe("the state of a table in its address", () => {
  test("sorts by a clear column in both directions, also by one whose name begins with a minus", () => {
    expect(parse(byKey, "sort=seen").order.sort).toMatchObject({
      column: { name: "seen" },
      direction: "asc",
    });
    expect(parse(byKey, "sort=-seen").order.sort).toMatchObject({
      column: { name: "seen" },
      direction: "desc",
    });
    expect(parse(byKey, "sort=-odd").order.sort).toMatchObject({
      column: { name: "-odd" },
      direction: "asc",
    });
    expect(parse(byKey, "sort=--odd").order.sort).toMatchObject({
      column: { name: "-odd" },
      direction: "desc",
    });
  });

  test.each([
    ["sort=email", "“email” is masked, so nothing can be sorted by it."],
    ["sort=-secret", "“secret” is masked, so nothing can be sorted by it."],
    ["sort=extra", "“extra” holds values that have no order."],
    ["sort=nothing", "There is no such column to sort by."],
    ["cols=id,nothing", "Some of the columns in this address are not in the table."],
    ["after=xyz", "The place in this address does not fit the order of the rows. This is the first page."],
    ["f=email:is:x", "“email” is masked, so nothing can be filtered by it."],
  ])("%s has no effect and is told in words", (query, words) => {
    const state = parse(byKey, query);
    expect(state.problems).toEqual([words]);
    expect(state).toMatchObject({ filters: [], from: null, order: { by: "key", sort: null } });
  });

  test("takes a size that is offered, and the usual one for any other", () => {
    expect(parse(byKey, "size=100").size).toBe(100);
    expect(parse(byKey, "size=1000000").size).toBe(50);
  });

  test("shows the key first, and not more columns than people can read", () => {
    const many = Array.from({ length: 500 }, (_, index) => catalogColumn(`c${index}`, typeOf("text"), clear));
    const state = parse(catalogTable(many, ["c499"]), "");
    expect(state.columns).toHaveLength(DEFAULT_COLUMNS);
    expect(state.columns[0]?.name).toBe("c499");
  });

  test("shows all columns of a wide table where the address says so in one sign, which names no column", () => {
    const many = Array.from({ length: 500 }, (_, index) => catalogColumn(`c${index}`, typeOf("text"), clear));
    const state = parse(catalogTable(many, ["c499"]), "cols=*");
    expect(state.columns).toHaveLength(500);
    expect(tableQuery(state)).toBe("?cols=*");
    const starred = catalogTable([...columns, catalogColumn("*", typeOf("text"), clear)], ["id"]);
    const one = parse(starred, "cols=%252A");
    expect(one.columns.map(({ name }) => name)).toEqual(["*"]);
    expect(tableQuery(one)).toBe("?cols=%252A");
  });

  test("reads the filter that the form sends without scripts", () => {
    expect(tableQuery(parse(byKey, "column=country&op=is&value=DE&size=25"))).toBe(
      "?f=country:is:DE&size=25",
    );
    expect(tableQuery(parse(byKey, "column=id&op=between&value=1&value=9"))).toBe("?f=id:between:1..9");
  });

  test("never throws, never sorts or filters by a masked column, and prints to what it reads back", () => {
    const name = fc.constantFrom(...columns.map((column) => column.name), "x", "%");
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      name,
      name.map((text) => `-${text}`),
      fc.tuple(name, fc.constantFrom("is", "null", "gt", "any"), fc.string()).map((parts) => parts.join(":")),
      fc.array(name).map((names) => names.join(",")),
      fc.constantFrom(
        "end",
        "25",
        "WyJrZXkiLG51bGwsIjEiXQ",
        "WyJwbGFjZSIsbnVsbCwiKDAsMSkiXQ",
        "WyJvZmZzZXQiLG51bGwsIjUwIl0",
      ),
    );
    const keys = ["cols", "sort", "f", "size", "after", "before", "column", "op", "value"];
    const params = fc.dictionary(fc.constantFrom(...keys), fc.oneof(value, fc.array(value)), {
      noNullPrototype: true,
    });
    const tables = fc.constantFrom(byKey, byMaskedKey, byPlace, byOffset);
    fc.assert(
      fc.property(tables, params, (table, search) => {
        const state = parseTableState(table, search as SearchParams);
        for (const text of statements(table, state)) {
          const tail = text.slice(text.indexOf(`AS "glimpse row"`));
          expect(tail).not.toMatch(/"email"|"secret"/u);
          expect(text).not.toContain('"secret"');
        }
        const query = tableQuery(state);
        expect(tableQuery(parse(table, query))).toBe(query);
      }),
      { numRuns: 200 },
    );
  }, 20_000);
});

describe("the order of rows", () => {
  test("is by the key where all of it is clear", () => expect(chooseOrder(byKey, null).by).toBe("key"));

  test("is by place where the key is masked or missing, and by offset where rows have no place", () => {
    expect(chooseOrder(byMaskedKey, null).by).toBe("place");
    expect(chooseOrder(byPlace, null).by).toBe("place");
    const offset = chooseOrder(byOffset, null);
    expect(offset).toMatchObject({ by: "offset" });
    expect(offset.by === "offset" && offset.rest.map(({ name }) => name)).toEqual([
      "id",
      "country",
      "seen",
      "-odd",
    ]);
  });
});

describe("a cursor", () => {
  const orders: RowOrder[] = [
    chooseOrder(byKey, null),
    parse(byKey, "sort=seen").order,
    parse(byKey, "sort=-seen").order,
    parse(byKey, "sort=id").order,
    chooseOrder(byPlace, null),
    chooseOrder(byOffset, null),
  ];
  const positions = [
    { sort: null, key: ["41"] },
    { sort: "2024-01-01 10:00:00+00", key: ["41"] },
    { sort: null, key: ["41"] },
    { sort: "41", key: [] },
    { sort: null, key: ["AAAAAAAAAAAAAAAAAAAAAA"] },
    { sort: null, key: ["150"] },
  ];

  test("leads back to its position in its own order and to none in any other", () => {
    orders.forEach((order, index) => {
      const position = positions[index];
      if (position === undefined) throw new Error("No position.");
      const cursor = encodeCursor(order, position) ?? "";
      expect(decodeCursor(order, cursor)).toEqual(position);
      orders.forEach((other, at) => {
        if (at !== index) expect(decodeCursor(other, cursor)).toBeNull();
      });
    });
  });

  test("that was not written here is none", () => {
    const forge = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
    const [key, sorted, , byId, place, offset] = orders;
    if (!key || !sorted || !byId || !place || !offset) throw new Error("No order.");
    for (const cursor of [
      forge("key", null),
      forge("key", null, "1", "2"),
      forge("key", null, 1),
      forge("key", "x", "1"),
      forge("key", null, "a\0b"),
      `${forge("key", null, "1")}=`,
      forge("key", null, "9".repeat(4000)),
    ]) {
      expect(decodeCursor(key, cursor)).toBeNull();
    }
    expect(decodeCursor(byId, forge("key asc id", null))).toBeNull();
    for (const where of ["(1)", "(99999999999,1)", "(1,99999)", "(1,2);"]) {
      expect(decodeCursor(place, forge("place", null, where))).toBeNull();
    }
    for (const where of ["-1", "0", "10001", "1e3", "5; drop"]) {
      expect(decodeCursor(offset, forge("offset", null, where))).toBeNull();
    }
  });

  test("is never an error", () => {
    fc.assert(
      fc.property(fc.constantFrom(...orders), fc.string({ unit: "binary" }), (order, text) => {
        const encoded = Buffer.from(text).toString("base64url");
        for (const cursor of [text, encoded]) expect(() => decodeCursor(order, cursor)).not.toThrow();
      }),
    );
  });

  test("that would not fit an address is not written", () => {
    expect(encodeCursor(orders[0] as RowOrder, { sort: null, key: ["x".repeat(3001)] })).toBeNull();
  });
});
