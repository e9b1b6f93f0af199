import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { sealConnection, unsealConnection } from "@/lib/catalog/seal-connection";
import type { ConnectionParts } from "@/lib/source/connection";

const key = randomBytes(32);
const connection: ConnectionParts = {
  host: "db.marigold.example",
  port: 5432,
  database: "care",
  user: "glimpse",
  password: 'näïve "quoted" päss',
  tls: { mode: "verify-full", ca: "-----BEGIN CERTIFICATE-----" },
};

test("a sealed connection opens for its own source, and names nothing until then", () => {
  const sealed = sealConnection(key, "one", connection);
  expect(unsealConnection(key, "one", sealed)).toEqual(connection);
  for (const word of ["marigold", "glimpse", "care"]) expect(sealed).not.toContain(word);
  expect(sealConnection(key, "one", connection)).not.toBe(sealed);
});

test("it does not open for another source, under another key, or when any part was altered", () => {
  const sealed = sealConnection(key, "one", connection);
  expect(unsealConnection(key, "two", sealed)).toBeNull();
  expect(unsealConnection(randomBytes(32), "one", sealed)).toBeNull();
  const parts = sealed.split(".");
  for (const index of [1, 2, 3]) {
    const bytes = Buffer.from(parts[index] ?? "", "base64url");
    for (let at = 0; at < bytes.length; at += 5) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      expect(
        unsealConnection(key, "one", parts.with(index, altered.toString("base64url")).join(".")),
      ).toBeNull();
    }
  }
  expect(unsealConnection(key, "one", parts.with(0, "v2").join("."))).toBeNull();
});

test("a shortened authentication tag is refused", () => {
  const [version, iv, body, tag] = sealConnection(key, "one", connection).split(".");
  const short = Buffer.from(tag ?? "", "base64url")
    .subarray(0, 4)
    .toString("base64url");
  expect(unsealConnection(key, "one", [version, iv, body, short].join("."))).toBeNull();
});
