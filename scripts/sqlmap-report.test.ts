import { expect, test } from "vitest";
import { readSqlmap, triedParameters } from "./sqlmap-report";

const sound = `[15:00:01] [INFO] testing if GET parameter 'sort' is dynamic
[15:00:02] [WARNING] GET parameter 'sort' does not appear to be dynamic
[15:00:09] [WARNING] GET parameter 'sort' does not seem to be injectable
[15:00:09] [CRITICAL] all tested parameters do not appear to be injectable. Try to increase values for '--level'`;

const hole = `[15:00:01] [INFO] testing if GET parameter 'id' is dynamic
sqlmap identified the following injection point(s) with a total of 44 HTTP(s) requests:
---
Parameter: id (GET)
    Type: boolean-based blind`;

test("the report of sqlmap tells a hole from none, and from a target that was not tried", () => {
  expect(readSqlmap(sound)).toEqual({ kind: "sound", words: "" });
  expect(readSqlmap(hole)).toEqual({ kind: "hole", words: "Parameter: id (GET)" });
  expect(readSqlmap("[15:00:00] [CRITICAL] unable to connect to the target URL")).toMatchObject({
    kind: "untested",
  });
  expect(readSqlmap("")).toMatchObject({ kind: "untested" });
});

test("the parameters that were tried are named", () => {
  expect(triedParameters(sound)).toEqual(["sort"]);
});
