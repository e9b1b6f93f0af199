import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { newDraft } from "@/lib/policies/save-draft";
import { policyOf, someSignals } from "@/lib/testing/policies";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { complaintOf, policyScenarios } from "./policy-scenarios";

const control = useControlDatabase();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "policy-"));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const auto = { name: "all", outcome: { kind: "auto" } };
const expecting = (outcome: string) =>
  policyOf([auto], { scenarios: [{ name: "somebody", given: someSignals(), expect: { outcome } }] as never });

function written(document: unknown): string {
  const file = path.join(folder, `${Math.random()}.json`);
  fs.writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document));
  return file;
}

const run = (...args: string[]) =>
  promisify(execFile)("node", [
    "--conditions=react-server",
    "--import",
    "tsx",
    "scripts/policy-scenarios.ts",
    ...args,
  ]).then(
    ({ stdout }) => ({ code: 0, stdout, stderr: "" }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );

test("files are tried without a database; the exit code says how it went, and the lines why", async () => {
  const good = await run(written(defaultPolicy));
  expect([good.code, good.stdout]).toEqual([0, expect.stringContaining("7 scenarios, 0 failed")]);
  const bad = await run(written(expecting("auto")), written(expecting("deny")));
  expect(bad.code).toBe(1);
  expect(bad.stdout).toContain("  FAILS   somebody: expected deny, got auto.");
  const gone = await run(path.join(folder, "none.json"));
  expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining("cannot be read")]);
});

test("a policy without scenarios, or that cannot be used, has failed, and its places are told", async () => {
  expect((await policyScenarios([written(policyOf([auto]))])).exitCode).toBe(1);
  const unsound = await policyScenarios([written(policyOf([{ ...auto, when: "request.recrods > 1" }]))]);
  expect(unsound.exitCode).toBe(1);
  expect(unsound.lines.join("\n")).toMatch(/rules\.0\.when: .*characters 9 to 15/);
  expect((await policyScenarios([written({ rules: "all" })])).exitCode).toBe(1);
  await expect(policyScenarios([written("{")])).rejects.toThrow(/is not JSON/);
});

test("the version that counts is tried, and any other; its document is printed as it can be tried again", async () => {
  expect(await policyScenarios([])).toMatchObject({
    exitCode: 0,
    lines: ["version 2", ...Array(8).fill(expect.any(String))],
  });
  const pia = await signedIn(control, { name: "Pia", roles: ["policy_admin"] });
  const draft = await newDraft(pia, { basedOn: null, note: "x", document: expecting("deny") });
  expect((await policyScenarios(["--version", String(draft.number)])).exitCode).toBe(1);
  const { lines } = await policyScenarios(["--print", String(draft.number)]);
  expect((await policyScenarios([written(lines.join("\n"))])).lines).toContain(
    "  FAILS   somebody: expected deny, got auto.",
  );
  await expect(policyScenarios(["--version", "99"]).catch(complaintOf)).resolves.toBe(
    "There is no such version.",
  );
  await expect(policyScenarios(["--version", "x"])).rejects.toThrow(/is a number/);
});
