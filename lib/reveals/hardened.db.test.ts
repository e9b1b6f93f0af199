import { afterAll, expect, test } from "vitest";
import { readRecord } from "@/lib/browse/read-record";
import { scanSource } from "@/lib/catalog/scan-source";
import { readTable } from "@/lib/catalog/read-table";
import { hardenSource } from "@/lib/hardening/harden-source";
import { readHealth } from "@/lib/hardening/read-health";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { type Hardened, prepareHardened } from "@/lib/testing/hardened";
import { approved, jane, record, useStory } from "@/lib/testing/story";

const story = useStory();
let hardened: Hardened | undefined;
afterAll(() => hardened?.drop());

test("a grant given before a source is hardened opens its values after, and nothing is shown by any other way", async () => {
  const { grantId } = await approved(story);
  const { id } = story.table.source;
  hardened = await prepareHardened(story.sam, story.source, id);
  const [source] = await story.control.owner<{ version: number }[]>`
    SELECT version FROM sources WHERE id = ${id}`;
  const { masked, reveal } = hardened;
  await hardenSource(story.sam, { sourceId: id, version: source!.version, masked, reveal });

  const table = await readTable({ ...story.ana }, { tableId: story.table.id });
  expect(table.source.hardened).toBe(true);
  const shown = await readRecord(story.ana, table, record(1));
  expect(shown.state).toBe("found");
  expect(JSON.stringify(shown)).not.toContain(jane.email);

  await activateGrant(story.ana, grantId);
  const { values } = await revealFields(story.ana, { grantId });
  expect(values.map(({ value }) => value)).toEqual([jane.email]);
});

test("comparing a hardened source with the catalogue suspends nothing, and its health says who masks", async () => {
  const proposals = () => story.control.owner`
    SELECT id, proposed_class, proposed_confidence, proposed_why FROM catalog_columns ORDER BY id`;
  const before = await proposals();
  expect(JSON.stringify(before)).toContain("%");
  const scanned = await scanSource(story.sam, { sourceId: story.table.source.id });
  expect(scanned).toMatchObject({ changedColumns: 0, goneTables: 0, newTables: 0, endedGrants: 0 });
  // Nobody reads its values but reveals: what its columns were proposed by before, they still are.
  expect(await proposals()).toEqual(before);
  const [health] = await readHealth(story.sam);
  expect(health).toMatchObject({ reachable: true, hardened: true, changedColumns: 0 });
  expect(health?.findings.filter(({ ok, words }) => !ok && !words.startsWith("CVE-"))).toEqual([]);
});
