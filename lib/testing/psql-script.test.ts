import { expect, test } from "vitest";
import { readPsqlScript } from "./psql-script";

test("rows of a COPY are kept apart from SQL, in order, with empty and backslash rows intact", () => {
  const script =
    "-- dump\n\nCREATE TABLE a (b text);\nCOPY a (b) FROM stdin;\n\n\\N\nx\\ty\n\\.\n\nSELECT 1;\n";
  expect(readPsqlScript(script)).toEqual([
    { kind: "sql", text: "-- dump\n\nCREATE TABLE a (b text);" },
    { kind: "copy", command: "COPY a (b) FROM stdin;", rows: ["", "\\N", "x\\ty"] },
    { kind: "sql", text: "\nSELECT 1;\n" },
  ]);
});

test("psql's own commands and lines about foreign roles are left out", () => {
  const script =
    "\\connect shop\nALTER TABLE a OWNER TO bob;\nGRANT ALL ON a TO bob;\n\\restrict xyz\nSELECT 1;";
  expect(readPsqlScript(script)).toEqual([{ kind: "sql", text: "SELECT 1;" }]);
});

test("a COPY without an end is refused", () => {
  expect(() => readPsqlScript("COPY a (b) FROM stdin;\nx")).toThrow("line 1");
});
