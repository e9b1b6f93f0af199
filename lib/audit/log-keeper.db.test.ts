import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { checkpointText, openCheckpoint } from "@/lib/audit/checkpoint";
import { logSettings } from "@/lib/audit/log-settings";
import { leafHash } from "@/lib/audit/merkle";
import { record, recorded } from "@/lib/audit/recorded";
import { signatureLine, writeNote, writeVerifierKey } from "@/lib/audit/signed-note";
import { systemContext } from "@/lib/auth/system-context";
import { keepCheckpoint } from "@/lib/db/log-bookkeeping";
import { useControlDatabase } from "@/lib/testing/control";
import { freshKeeper, freshKey, turnOf, useLogSettings } from "@/lib/testing/log-key";

const control = useControlDatabase();
const settings = useLogSettings();
const { key, text } = freshKey();
const next = freshKey();
const both = { GLIMPSE_LOG_KEY: text, GLIMPSE_LOG_OLD_KEYS: writeVerifierKey(next.key) };

const happens = () => record(systemContext(), { code: "source.scanned" });

async function withoutGuards(deed: () => Promise<unknown>): Promise<void> {
  await control.owner`ALTER TABLE audit_events DISABLE TRIGGER USER`;
  await control.owner`ALTER TABLE audit_head DISABLE TRIGGER audit_head_moves_forward`;
  await deed();
  await control.owner`ALTER TABLE audit_events ENABLE TRIGGER USER`;
  await control.owner`ALTER TABLE audit_head ENABLE TRIGGER audit_head_moves_forward`;
}

beforeAll(async () => {
  await recorded(systemContext(), async () => ({
    result: undefined,
    event: [
      { code: "source.scanned" },
      ...Array.from({ length: 599 }, () => ({ code: "source.scanned" }) as const),
    ],
  }));
});

test("a checkpoint is signed for what was checked, once by many instances, and an older key's stay valid", async () => {
  settings({ GLIMPSE_LOG_KEY: text });
  const [one, two] = [freshKeeper().keeper, freshKeeper().keeper];
  await Promise.all([turnOf(one), turnOf(two)]);
  const rows = await control.owner<
    { size: string; note: string }[]
  >`SELECT size, note FROM audit_checkpoints`;
  expect(rows).toHaveLength(1);
  const opened = openCheckpoint(rows[0]!.note, logSettings().keys);
  expect(opened).toMatchObject({ ok: true, checkpoint: { origin: key.name, size: 600 } });

  settings({ GLIMPSE_LOG_KEY: next.text, GLIMPSE_LOG_OLD_KEYS: `${writeVerifierKey(key)} to 600` });
  expect(openCheckpoint(rows[0]!.note, logSettings().keys).ok).toBe(true);
  await happens();
  const made = await freshKeeper().keeper.checkpoint();
  expect(openCheckpoint(made!.note, logSettings().keys)).toMatchObject({ key: { id: next.key.id } });
  const tooLate = [{ key: next.key, fromSize: 0, toSize: 600 }];
  expect(openCheckpoint(made!.note, tooLate)).toMatchObject({ ok: false });
});

describe("what was signed is not signed otherwise", () => {
  test("an event that was changed with its hash and the head is found by a running instance, and one just started", async () => {
    settings(both);
    const { keeper, faults, pass } = freshKeeper();
    await turnOf(keeper);
    const change = (from: string, to: string) =>
      control.owner`UPDATE audit_events SET entry = replace(entry, ${from}, ${to}),
        leaf_hash = sha256('\\x00'::bytea || convert_to(replace(entry, ${from}, ${to}), 'UTF8')) WHERE seq = 300`;
    await withoutGuards(() => change("Glimpse", "Nobody"));
    const fresh = freshKeeper();
    await turnOf(fresh.keeper);
    expect(fresh.keeper.health().fault).toMatchObject({ firstBad: 256 });
    pass(7 * 3_600_000);
    await turnOf(keeper);
    expect(faults).toEqual([{ firstBad: 256, why: "Events 256 to 511 had another hash before." }]);
    await happens();
    await turnOf(keeper);
    expect(await keeper.checkpoint()).toBeNull();

    await withoutGuards(() => change("Nobody", "Glimpse"));
    pass(60_000);
    for (let turn = 0; turn < 3; turn++) await turnOf(keeper);
    expect(faults.at(-1)).toBeNull();
    expect((await keeper.checkpoint())?.checkpoint.size).toBeGreaterThan(601);
  });

  test("a log that was rolled back to an old state is not signed again, whoever forgot what", async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-log-"));
    settings({ ...both, GLIMPSE_LOG_FOLDER: folder });
    const { keeper } = freshKeeper();
    await turnOf(keeper);
    await control.owner`CREATE TABLE head_before AS SELECT size, frontier FROM audit_head`;
    const [before] = await control.owner<{ size: string }[]>`SELECT size FROM head_before`;
    for (let at = 0; at < 5; at++) await happens();
    const made = await keeper.checkpoint();
    await turnOf(keeper);
    expect(fs.readFileSync(path.join(folder, "checkpoint"), "utf8")).toBe(made!.note);
    await withoutGuards(async () => {
      await control.owner`DELETE FROM audit_events WHERE seq >= ${before!.size}`;
      await control.owner`UPDATE audit_head h SET size = b.size, frontier = b.frontier FROM head_before b`;
    });
    await control.owner`ALTER TABLE audit_checkpoints DISABLE TRIGGER ALL`;
    await control.owner`DELETE FROM audit_checkpoints WHERE size > ${before!.size}`;
    await turnOf(keeper);
    expect(keeper.health().fault).toMatchObject({ firstBad: Number(before!.size) });
    // It was started again, and the database has forgotten: the folder has not.
    const fresh = freshKeeper();
    await turnOf(fresh.keeper);
    expect(fresh.keeper.health().fault).toMatchObject({
      firstBad: Number(before!.size),
      why: expect.stringContaining("Folder has a checkpoint of"),
    });
    fs.rmSync(folder, { recursive: true });
  });
});

test("two instances that are shown different logs do not both sign: the second one raises the alarm", async () => {
  await control.owner`ALTER TABLE audit_checkpoints ENABLE TRIGGER ALL`;
  const other = freshKey("log.example/split");
  settings({ GLIMPSE_LOG_KEY: other.text });
  const { keeper, faults } = freshKeeper();
  await keeper.checkpoint();
  const [head] = await control.owner<{ size: number }[]>`SELECT size::int FROM audit_head`;
  await happens();
  const text = checkpointText({
    origin: other.key.name,
    size: head!.size + 1,
    root: leafHash("another event"),
  });
  await keepCheckpoint({
    size: head!.size + 1,
    keyId: other.key.id,
    note: writeNote(text, [signatureLine(other.key, text)]),
  });
  await keeper.turn();
  expect(faults).toMatchObject([
    { why: `The first ${head!.size + 1} events do not add up to the checkpoint that was signed.` },
  ]);
  expect(await keeper.checkpoint()).toBeNull();
});

test("nobody changes or removes a checkpoint, a cosignature, what was published or a tile", async () => {
  await control.owner`ALTER TABLE audit_checkpoints ENABLE TRIGGER ALL`;
  for (const table of [
    "audit_checkpoints",
    "audit_cosignatures",
    "audit_publications",
    "audit_tile_hashes",
  ]) {
    await expect(control.owner.unsafe(`DELETE FROM ${table}`)).rejects.toMatchObject({ code: "42501" });
    await expect(control.owner.unsafe(`TRUNCATE ${table}`)).rejects.toMatchObject({ code: "42501" });
  }
});
