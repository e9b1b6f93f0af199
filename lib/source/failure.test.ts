import { inspect } from "node:util";
import { expect, test } from "vitest";
import { SourceFailure, sourceFailure, sourceFailureCauses } from "@/lib/source/failure";

test("every cause has words that say what happened", () => {
  for (const reason of sourceFailureCauses) expect(new SourceFailure(reason).message).toMatch(/^[A-Z].*\.$/u);
});

test("nothing of the error of a driver is kept but its code", () => {
  const original = Object.assign(new Error('invalid input syntax for type integer: "CANARY"'), {
    code: "22P02",
    detail: "CANARY",
    query: "SELECT CANARY",
    parameters: ["CANARY"],
    where: "CANARY",
  });
  const failure = sourceFailure(original);
  expect(failure).toMatchObject({ reason: "bad-value", sqlstate: "22P02" });
  expect(inspect(failure, { showHidden: true, depth: 9 })).not.toContain("CANARY");
  expect(failure.stack).not.toContain("CANARY");
  expect(failure.cause).toBeUndefined();
});

test.each<[unknown, string, string | null]>([
  [{ code: "42P01" }, "table-gone", "42P01"],
  [{ code: "42703" }, "column-gone", "42703"],
  [{ code: "42501" }, "no-right", "42501"],
  [{ code: "57014" }, "timeout", "57014"],
  [{ code: "53300" }, "too-many-connections", "53300"],
  [{ code: "08006" }, "unreachable", "08006"],
  [{ code: "ECONNRESET" }, "unreachable", "ECONNRESET"],
  [{ code: "XX000" }, "other", "XX000"],
  [{ code: "no code: CANARY" }, "other", null],
  [{ code: 7 }, "other", null],
  [{ code: "__proto__" }, "other", null],
  [new Error("CANARY"), "other", null],
  ["CANARY", "other", null],
  [null, "other", null],
])("%j is %s", (error, reason, sqlstate) => {
  expect(sourceFailure(error)).toMatchObject({ reason, sqlstate });
});
