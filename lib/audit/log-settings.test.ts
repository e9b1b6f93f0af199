import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findMonitor } from "@/lib/audit/find-monitor";
import { logComplaint, logSettings } from "@/lib/audit/log-settings";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import { freshKey, useLogSettings } from "@/lib/testing/log-key";

const settings = useLogSettings();
const log = freshKey();
const witness = freshKey("witness.example/w1", "cosignature");

test("without settings the log is not signed and goes nowhere, and nothing is wrong", () => {
  expect(logComplaint()).toBeNull();
  expect(logSettings()).toMatchObject({
    key: null,
    keys: [],
    folder: null,
    endpoint: null,
    witnesses: [],
    monitors: [],
  });
});

test("the key may stand in a file, which is read anew each time; old keys count for their sizes", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-key-"));
  const file = path.join(folder, "log.key");
  fs.writeFileSync(file, `${log.text}\n`);
  process.env["GLIMPSE_LOG_KEY_FILE"] = file;
  const next = freshKey();
  settings({ GLIMPSE_LOG_OLD_KEYS: `${writeVerifierKey(next.key)} to 9` });
  expect(logSettings().keys).toMatchObject([
    { key: { id: log.key.id } },
    { key: { id: next.key.id }, toSize: 9 },
  ]);
  fs.writeFileSync(file, next.text);
  expect(logSettings().key?.id).toEqual(next.key.id);
  fs.rmSync(folder, { recursive: true });
  expect(logComplaint()).toBe("GLIMPSE_LOG_KEY_FILE names a file that cannot be read");
  delete process.env["GLIMPSE_LOG_KEY_FILE"];
});

describe("what cannot be used is named, and no secret is quoted", () => {
  const secret = "0123456789abcdef";
  const wrong: [Parameters<typeof settings>[0], string][] = [
    [{ GLIMPSE_LOG_KEY: secret }, "GLIMPSE_LOG_KEY is no key"],
    [{ GLIMPSE_LOG_KEY: witness.text }, "GLIMPSE_LOG_KEY is no key"],
    [{ GLIMPSE_LOG_KEY: log.text, GLIMPSE_LOG_OLD_KEYS: "nonsense" }, "a line that is no verifier key"],
    [
      {
        GLIMPSE_LOG_KEY: log.text,
        GLIMPSE_LOG_OLD_KEYS: writeVerifierKey(freshKey("another.example/log").key),
      },
      "a key of another name",
    ],
    [{ GLIMPSE_LOG_URL: "http://log.example/" }, "GLIMPSE_LOG_URL is not an https:// address"],
    [{ GLIMPSE_LOG_URL: "file:///etc/passwd" }, "GLIMPSE_LOG_URL is not an https:// address"],
    [{ GLIMPSE_LOG_WITNESSES: "https://w.example" }, "not the key of a witness"],
    [{ GLIMPSE_LOG_WITNESSES: `${writeVerifierKey(log.key)}@https://w.example` }, "not the key of a witness"],
    [
      { GLIMPSE_LOG_WITNESSES: `${writeVerifierKey(witness.key)}@http://w.example` },
      "is not an https:// address",
    ],
    [{ GLIMPSE_MONITOR_TOKENS: `mon:${secret}` }, "32 characters or more"],
  ];
  test.each(wrong)("%j", (told, words) => {
    settings(told);
    expect(logComplaint()).toContain(words);
    expect(logComplaint()).not.toContain(secret);
  });
});

test("a monitor is known by its whole token alone", () => {
  const [one, two] = ["a".repeat(32), "b".repeat(40)];
  settings({ GLIMPSE_MONITOR_TOKENS: `first:${one} second:${two}` });
  expect(findMonitor(`Bearer ${two}`)).toBe("second");
  for (const header of [
    "",
    one,
    `bearer ${one}`,
    `Bearer ${one}a`,
    `Bearer ${one.slice(1)}`,
    `Basic ${one}`,
    "Bearer ",
  ])
    expect(findMonitor(header), header).toBeNull();
});
