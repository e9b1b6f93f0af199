import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  connectionFormSchema,
  readConnectionForm,
  slugOf,
  sourceNameSchema,
  type ConnectionForm,
} from "@/lib/catalog/connection-form";
import { decodeName, tableAddress } from "@/lib/catalog/table-address";

const ca = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";
const empty: ConnectionForm = {
  how: "url",
  url: "",
  host: "",
  port: "",
  database: "",
  user: "",
  password: "",
  tls: "",
  ca: "",
};

describe("a connection form", () => {
  test("is read as an address, with another encryption if one was chosen", () => {
    const url = "postgres://ana:p%40ss@db.example:6543/shop?sslmode=require";
    const tls = { mode: "verify-full", ca };
    expect(readConnectionForm({ ...empty, url, tls: "verify-full", ca })).toEqual({
      ok: true,
      connection: { host: "db.example", port: 6543, database: "shop", user: "ana", password: "p@ss", tls },
    });
  });

  test("is read part by part, encrypted unless somebody says otherwise", () => {
    const parts = { ...empty, how: "parts", host: " db.example ", database: "shop", user: "ana" } as const;
    expect(readConnectionForm(connectionFormSchema.parse(parts))).toMatchObject({
      ok: true,
      connection: { port: 5432, tls: { mode: "require" } },
    });
  });

  test("keeps a certificate only where one is checked", () => {
    const parts = { ...empty, how: "parts", host: "h", database: "d", user: "u", ca } as const;
    expect(readConnectionForm({ ...parts, tls: "require" })).toMatchObject({
      connection: { tls: { mode: "require" } },
    });
    expect(readConnectionForm({ ...parts, tls: "verify-ca" })).toMatchObject({ connection: { tls: { ca } } });
  });

  test.each([
    [{ url: "mysql://x" }, "url"],
    [{ url: "postgres://u:p@h/d", ca: "not a certificate" }, "ca"],
    [{ how: "parts", host: "a b", database: "d", user: "u" }, "host"],
    [{ how: "parts", host: "h", database: "", user: "u" }, "database"],
    [{ how: "parts", host: "h", database: "d", user: "u", port: "70000" }, "port"],
    [{ how: "parts", host: "h", database: "d", user: "u", port: "1e3x" }, "port"],
  ] as const)("says which field is wrong: %j", (change, field) => {
    const read = readConnectionForm({ ...empty, ...change });
    expect(read.ok ? [] : Object.keys(read.fields)).toContain(field);
  });
});

test("a word for addresses is made of any name, and never hides a page of ours", () => {
  expect(["Pagila", "Chinook Música", "  Sales – EU (2) ", "New", "数据"].map(slugOf)).toEqual([
    "pagila",
    "chinook-musica",
    "sales-eu-2",
    "new-source",
    "",
  ]);
  fc.assert(
    fc.property(fc.string(), (name) => {
      const slug = slugOf(name);
      expect(slug === "" || sourceNameSchema.safeParse({ name: "x", slug }).success).toBe(true);
    }),
  );
  expect(sourceNameSchema.safeParse({ name: "x", slug: "new" }).success).toBe(false);
});

test("an address of a table leads back to its names, whatever they hold", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
      const address = tableAddress("/catalog", { source: "s", schema: name, name });
      expect(address.split("/").slice(3).map(decodeName)).toEqual([name, name]);
    }),
  );
  expect(decodeName("%E0%A4")).toBe("");
});
