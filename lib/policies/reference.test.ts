import fs from "node:fs";
import { expect, test } from "vitest";
import { defaultPolicyVersion } from "./default-policy";
import { limits, variables } from "./environment";

const reference = fs.readFileSync("docs/policies.md", "utf8");

test("the reference of the language names every variable with its type and meaning, and no other", () => {
  const rows = reference.split("\n").filter((line) => /^\| `\w+\.\w+` \|/.test(line));
  expect(rows).toEqual(
    Object.entries(variables).map(([name, { type, words }]) => `| \`${name}\` | ${type} | ${words} |`),
  );
});

test("the reference states the limits and the version that the code has", () => {
  expect(reference).toContain(`${limits.characters.toLocaleString("en")} characters`);
  expect(reference).toContain(`${limits.nodes} parts and ${limits.depth} levels`);
  expect(reference).toContain(`as version ${defaultPolicyVersion}.`);
});
