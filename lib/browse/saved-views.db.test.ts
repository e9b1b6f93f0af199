import { beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { listViews } from "@/lib/browse/list-views";
import { changeView, keepView, MOST_VIEWS, removeView } from "@/lib/browse/saved-view-deeds";
import { parseTableState } from "@/lib/browse/table-state";
import { readTable } from "@/lib/catalog/read-table";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { useStory } from "@/lib/testing/story";

const story = useStory();

const german = "?sort=-id&f=country:is:DE";
const keep = (who: Context, name: string, change: { query?: string; shared?: boolean } = {}) =>
  keepView(who, { tableId: story.table.id, query: german, name, shared: false, ...change });
const list = async (who: Context, search: Record<string, string> = {}) => {
  const table = await readTable(who, { tableId: story.table.id });
  return listViews(who, table, parseTableState(table, search));
};
const namesFor = async (who: Context) => (await list(who)).map(({ name }) => name);
const idOf = async (who: Context, name: string) => (await list(who)).find((view) => view.name === name)!.id;
const refused = (code: string) => expect.objectContaining({ code });
const lastEvent = async () =>
  JSON.parse(
    (
      await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events ORDER BY seq DESC LIMIT 1`
    )[0]!.entry,
  ) as Record<string, unknown>;

beforeEach(async () => {
  await story.control.owner`DELETE FROM saved_views`;
});

describe("a saved view", () => {
  test("is the address that it was saved from, without page and size, and is on record", async () => {
    const query = `${german}&size=100&before=end`;
    expect(await keep(story.ana, "Germany", { query })).toEqual({
      href: `/browse/marigold/public/customers${german}`,
    });
    expect(await list(story.ana, { f: "country:is:DE", sort: "-id", size: "25" })).toMatchObject([
      {
        name: "Germany",
        href: `/browse/marigold/public/customers${german}`,
        words: "country is DE · by id, last first",
        owner: null,
        isOpen: true,
      },
    ]);
    expect((await list(story.ana))[0]?.isOpen).toBe(false);
    expect(await lastEvent()).toMatchObject({
      code: "view.saved",
      resource: { table: "public.customers" },
      details: { name: "Germany", shared: false },
    });
  });

  test("never holds a filter on a masked column, and one that holds nothing else is refused", async () => {
    const query = "?f=email:is:jane.unmistakable%40example.test";
    await expect(keep(story.ana, "Jane", { query })).rejects.toEqual(refused("bad-input"));
    await keep(story.ana, "Jane", { query: `${query}&f=country:is:DE` });
    const stored = await story.control.owner<{ query: string }[]>`SELECT query FROM saved_views`;
    expect(stored.map((row) => row.query)).toEqual(["?f=country:is:DE"]);
  });

  test("is for its owner alone until it is shared, and then for all who may browse", async () => {
    await keep(story.ana, "Mine");
    await keep(story.ana, "Ours", { shared: true });
    expect(await namesFor(story.ana)).toEqual(["Mine", "Ours"]);
    expect(await list(story.ben)).toMatchObject([{ name: "Ours", owner: "Ana" }]);
    await expect(list(story.ivy)).rejects.toEqual(refused("not-permitted"));
    await expect(keep(story.ivy, "Ivy's")).rejects.toEqual(refused("not-permitted"));
  });

  test("is renamed, shared and removed by its owner alone, each on record", async () => {
    await keep(story.ana, "Ours", { shared: true });
    const viewId = await idOf(story.ana, "Ours");
    for (const other of [story.ben, story.max]) {
      const change = changeView(other, { viewId, name: "Theirs", shared: false });
      await expect(change).rejects.toEqual(refused("not-found"));
      await expect(removeView(other, { viewId })).rejects.toEqual(refused("not-found"));
    }
    await changeView(story.ana, { viewId, name: "ours", shared: false });
    expect(await lastEvent()).toMatchObject({
      code: "view.changed",
      details: { name: "ours", shared: false },
    });
    expect(await namesFor(story.ben)).toEqual([]);
    await removeView(story.ana, { viewId });
    expect(await lastEvent()).toMatchObject({ code: "view.removed", details: { name: "ours" } });
    await expect(removeView(story.ana, { viewId })).rejects.toEqual(refused("not-found"));
  });

  test("has a name that its owner uses once for a table, whatever its capitals; others may use it too", async () => {
    await keep(story.ana, "Germany");
    await keep(story.ana, "France");
    await keep(story.ben, "Germany");
    await expect(keep(story.ana, "GERMANY")).rejects.toEqual(refused("bad-input"));
    const viewId = await idOf(story.ana, "France");
    await expect(changeView(story.ana, { viewId, name: "germany", shared: false })).rejects.toEqual(
      refused("bad-input"),
    );
    await changeView(story.ana, { viewId, name: "FRANCE", shared: false });
  });

  test(`comes to ${MOST_VIEWS} for a person and table, those saved at once included`, async () => {
    const all = await Promise.allSettled(
      Array.from({ length: MOST_VIEWS + 3 }, (_, at) => keep(story.ana, `View ${at}`)),
    );
    const failed = all.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
    expect(failed.map(({ reason }) => reason)).toEqual(Array(3).fill(refused("too-many-views")));
    await keep(story.ben, "Another person's");
  });

  test("tells nobody a value of a column that is masked since it was saved", async () => {
    await keep(story.ana, "Germany", { shared: true });
    const column = story.table.columns.find(({ name }) => name === "country")!;
    await reopenColumns(story.sam, {
      sourceId: story.table.source.id,
      which: { columns: [{ id: column.id, version: column.version }] },
    });
    const [view] = await list(story.ben);
    expect(view).toMatchObject({
      href: "/browse/marigold/public/customers?sort=-id&f=country:is",
      leftOut: ["“country” is masked, so nothing can be filtered by it."],
    });
    expect(JSON.stringify(view)).not.toContain("DE");
    const stored = await story.control.owner<{ query: string }[]>`SELECT query FROM saved_views`;
    expect(stored.map(({ query }) => query)).toEqual(["?sort=-id&f=country:is"]);
    const forgotten = await story.control.owner`
      SELECT FROM audit_events WHERE entry LIKE '%catalog.values_forgotten%' AND entry LIKE '%"views":1%'`;
    expect(forgotten).toHaveLength(1);
  });
});
