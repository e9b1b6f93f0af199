import fc from "fast-check";
import { expect, test } from "vitest";
import { connectionSchema, parseSourceUrl } from "@/lib/source/connection";

const partsOf = (url: string) => {
  const parsed = parseSourceUrl(url);
  if (!parsed.ok) throw new Error(parsed.words);
  return parsed.parts;
};

test.each([
  [
    "postgres://ana:p%40ss%2F%3A@db.example.com:5433/shop",
    { host: "db.example.com", port: 5433, user: "ana", password: "p@ss/:", database: "shop" },
  ],
  ["  POSTGRESQL://ana@db.example.com/my%20shop  ", { port: 5432, password: "", database: "my shop" }],
  ["postgres://ana@[2001:db8::1]:5433/shop", { host: "2001:db8::1", port: 5433 }],
  ["postgres://ana@db.example.com:80/shop", { port: 80 }],
  ["postgres://ana@db.example.com/shop?connect_timeout=5", { tls: { mode: "require" } }],
  ["postgres://ana@db.example.com/shop?sslmode=verify-full", { tls: { mode: "verify-full" } }],
  ["postgres://ana@db.example.com/shop?sslmode=prefer", { tls: { mode: "require" } }],
  ["postgres://ana@db.example.com/shop?ssl=false", { tls: { mode: "disable" } }],
  ["postgres://ana@127.0.0.1/shop", { tls: { mode: "disable" } }],
  ["postgres://ana@[::1]/shop", { tls: { mode: "disable" } }],
  ["postgres://ana@localhost.evil.example/shop", { tls: { mode: "require" } }],
])("reads %s", (url, expected) => {
  expect(partsOf(url)).toMatchObject(expected);
});

test.each([
  ["mysql://ana@db/shop", /postgres:\/\//u],
  ["", /postgres:\/\//u],
  ["postgres://", /not a complete address|no host/u],
  ["postgres://ana@/shop", /not a complete address/u],
  ["postgres://db.example.com/shop", /no user/u],
  ["postgres://ana@db.example.com", /no database/u],
  ["postgres://ana:%zz@db.example.com/shop", /%25/u],
  ["postgres://ana@db1,db2/shop", /one host/u],
  ["postgres://ana@db:99999/shop", /not a complete address/u],
  ["postgres://ana@db/shop?sslmode=sometimes", /sslmode/u],
  ["postgres://ana@db/shop?options=-c%20search_path%3Dx", /options/u],
  ["postgres://ana@db/shop?host=/var/run", /host/u],
  [`postgres://ana@db/${"x".repeat(64)}`, /./u],
])("refuses %s and says why, without the password", (url, words) => {
  const parsed = parseSourceUrl(url);
  expect(parsed).toMatchObject({ ok: false, words: expect.stringMatching(words) as string });
});

test("any text at all is read or refused, and never throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((rest) => `postgres://${rest}`),
      ),
      (text) => {
        const parsed = parseSourceUrl(text);
        expect(parsed.ok ? connectionSchema.safeParse(parsed.parts).success : parsed.words.length > 0).toBe(
          true,
        );
      },
    ),
  );
});

test("what is written into a URL is read out of it", () => {
  const part = fc
    .string({ minLength: 1, maxLength: 30, unit: "grapheme" })
    .filter((text) => !text.includes("\0"));
  // A URL has no way to say "." and "..": every reader of URLs takes them for steps. The form by parts takes both.
  const name = part.filter((text) => text !== "." && text !== "..");
  fc.assert(
    fc.property(part, part, name, (user, password, database) => {
      const [u, p, d] = [user, password, database].map(encodeURIComponent);
      expect(partsOf(`postgres://${u}:${p}@db:5432/${d}`)).toMatchObject({ user, password, database });
    }),
  );
});

test("a host holds no socket path, no list and no second address", () => {
  const parts = partsOf("postgres://ana@db/shop");
  for (const host of ["/var/run/postgresql", "a b", "db/shop", "ana@db", "", "db\0", "a?b", "a,b"]) {
    expect(connectionSchema.safeParse({ ...parts, host }).success, host).toBe(false);
  }
});
