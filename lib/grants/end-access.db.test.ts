import { describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { readTable } from "@/lib/catalog/read-table";
import { removeSource } from "@/lib/catalog/change-source";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { scanSource } from "@/lib/catalog/scan-source";
import { readRequest } from "@/lib/requests/read-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { untilSomebodyWaits } from "@/lib/testing/control";
import { codesOf, useStory } from "@/lib/testing/story";

const story = useStory();
const ask = (field: string) =>
  submitRequest(story.ana, story.draft({ fields: [{ columnId: story.column(field), level: "full" }] }));
const rescan = () => scanSource(story.sam, { sourceId: story.table.source.id });

async function how({ id, number }: { id: string; number: number }) {
  const [row] = await story.control.owner<{ state: string; closed_why: string | null; version: number }[]>`
    SELECT state, closed_why, version FROM requests WHERE id = ${id}`;
  const { view, events } = await readRequest(story.ana, number);
  return { ...row, words: view.closedWords, told: events.at(-1)?.sentence };
}

async function confirmAs(name: string, classId: string) {
  const column = (await readTable(story.sam, { tableId: story.table.id }, "catalog")).columns.find(
    (one) => one.name === name,
  );
  const choice = { id: column!.id, version: column!.version, classId, mask: { method: "redact" } as const };
  return confirmColumns(story.sam, { sourceId: story.table.source.id, choices: [choice] });
}

describe("a waiting request that can never be fulfilled any more is closed with its reason, on record", () => {
  test("when a column that it names gets another class; other requests wait on", async () => {
    const [closed, waits] = [await ask("email"), await ask("phone")];
    await confirmAs("email", "username");
    expect(await how(closed)).toEqual({
      state: "expired",
      closed_why: "column-changed",
      version: 2,
      words: "Glimpse ended it: a column that it names has changed.",
      told: `Request ${closed.number} was closed: column changed`,
    });
    expect(await codesOf(story, closed.id)).toEqual(["request.submitted", "request.closed"]);
    expect(await how(waits)).toMatchObject({ state: "pending", closed_why: null, words: null });
  });

  test("and whoever decides it late is told so", async () => {
    const request = await ask("pan");
    await confirmAs("pan", "iban");
    const vote = { requestId: request.id, version: 1, words: null };
    await expect(approveRequest(story.max, vote)).rejects.toMatchObject({ code: "request-closed" });
    expect(await codesOf(story, request.id)).toEqual(["request.submitted", "request.closed"]);
  });

  test("when a steward takes the confirmation of a column back", async () => {
    const request = await ask("pan");
    const table = await readTable(story.sam, { tableId: story.table.id }, "catalog");
    const { id, version } = table.columns.find(({ name }) => name === "pan")!;
    await reopenColumns(story.sam, {
      sourceId: table.source.id,
      which: { columns: [{ id, version }] },
    });
    expect(await how(request)).toMatchObject({ state: "expired", closed_why: "column-changed" });
  });

  test("when a column that it names has another type in the source", async () => {
    const request = await ask("phone");
    await story.sourceOwner`ALTER TABLE customers ALTER COLUMN phone TYPE varchar(40)`;
    await rescan();
    expect(await how(request)).toMatchObject({ state: "expired", closed_why: "column-changed" });
  });

  test("when the key of its table changes", async () => {
    const request = await ask("email");
    await story.sourceOwner.unsafe(
      "ALTER TABLE customers DROP CONSTRAINT customers_pkey, ADD PRIMARY KEY (id, email)",
    );
    await rescan();
    expect(await how(request)).toMatchObject({ state: "expired", closed_why: "key-changed" });
    await story.sourceOwner.unsafe(
      "ALTER TABLE customers DROP CONSTRAINT customers_pkey, ADD PRIMARY KEY (id)",
    );
    await rescan();
  });

  test("and one that is sent while a steward changes the column is about the column as it is then", async () => {
    const { owner } = story.control;
    let sent: ReturnType<typeof ask> | undefined;
    await owner.begin(async (tx) => {
      await tx`SELECT FROM sources WHERE id = ${story.table.source.id} FOR UPDATE`;
      await tx`UPDATE catalog_columns SET class_id = 'email' WHERE id = ${story.column("email")}`;
      sent = ask("email");
      await untilSomebodyWaits(story.control);
    });
    const { id } = await sent!;
    const [row] = await owner`SELECT fields -> 0 ->> 'classId' AS class FROM requests WHERE id = ${id}`;
    expect(row).toEqual({ class: "email" });
  });

  test("when its source is removed", async () => {
    const request = await ask("email");
    const [source] = await story.control.owner<{ version: number }[]>`
      SELECT version FROM sources WHERE id = ${story.table.source.id}`;
    await removeSource(story.sam, { sourceId: story.table.source.id, version: source!.version });
    expect(await how(request)).toMatchObject({
      state: "expired",
      closed_why: "source-removed",
      words: "Glimpse ended it: the source was removed.",
    });
  });
});
