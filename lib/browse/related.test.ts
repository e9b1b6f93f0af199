import { describe, expect, test } from "vitest";
import { printFilter } from "@/lib/browse/filter";
import { follow, referredHandle, relationsOf } from "@/lib/browse/related";
import { encodeHandle } from "@/lib/catalog/record-handle";
import type { TableLink } from "@/lib/catalog/table";
import { catalogColumn, catalogTable, typeOf } from "@/lib/testing/catalog-table";

const clear = { method: "clear" } as const;
const customers = catalogTable(
  [
    catalogColumn("id", typeOf("number"), clear),
    catalogColumn("email", typeOf("text"), { method: "redact" }),
  ],
  ["id"],
);
const orders = catalogTable(
  [
    catalogColumn("id", typeOf("number"), clear),
    catalogColumn("customer_id", typeOf("number"), clear),
    catalogColumn("email", typeOf("text"), clear),
  ],
  ["id"],
);
const link = (columns: string[], otherColumns: string[]): TableLink => ({
  name: "fk",
  columns,
  other: { tableId: orders.id, schema: "public", name: "orders" },
  otherColumns,
});

describe("a foreign key", () => {
  test("is followed where it is clear at both ends", () => {
    const followed = follow(customers, ["7", "•••••••"], link(["id"], ["customer_id"]), orders);
    expect(followed.ok && followed.filters.map(printFilter)).toEqual(["customer_id:is:7"]);
  });

  test("is not followed where one end is masked, and nothing of a value is in the words", () => {
    const from = follow(customers, ["7", "•••••••"], link(["email"], ["email"]), orders);
    const to = follow(orders, ["1", "7", "jane@example.test"], link(["email"], ["email"]), customers);
    for (const followed of [from, to]) {
      expect(followed).toEqual({
        ok: false,
        why: "They are linked by “email”, which is masked here or there.",
      });
    }
  });

  test("leads to nothing where it has no value", () => {
    expect(follow(orders, ["1", null, ""], link(["customer_id"], ["id"]), customers).ok).toBe(false);
  });

  test("names the record it refers to by a whole clear key, and no other", () => {
    const cells = ["1", "7", "x"];
    const handle = encodeHandle({ kind: "values", values: ["7"] });
    expect(referredHandle(orders, cells, link(["customer_id"], ["id"]), ["id"])).toBe(handle);
    expect(referredHandle(orders, cells, link(["customer_id"], ["id"]), ["id", "region"])).toBeNull();
    expect(referredHandle(customers, ["7", "•"], link(["email"], ["email"]), ["email"])).toBeNull();
  });
});

test("partitions are not listed beside their whole table, and are where it has no such key", () => {
  const other = (name: string, parent: string | null): TableLink => ({
    ...link(["id"], ["customer_id"]),
    other: { tableId: name, schema: "public", name, parent },
  });
  const names = (referredBy: TableLink[]) =>
    relationsOf({ ...customers, referredBy }).map((relation) => relation.link.other.name);
  expect(names([other("messages", null), other("messages_1", "public.messages")])).toEqual(["messages"]);
  expect(names([other("payment_1", "public.payment")])).toEqual(["payment_1"]);
});
