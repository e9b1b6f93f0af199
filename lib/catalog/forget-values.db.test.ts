import { beforeAll, expect, test } from "vitest";
import { keepView } from "@/lib/browse/saved-view-deeds";
import { removeSource } from "@/lib/catalog/change-source";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { readTable } from "@/lib/catalog/read-table";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { scanSource } from "@/lib/catalog/scan-source";
import { submitCohort } from "@/lib/requests/request-cohort";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const ways = ["masked", "reopened", "retyped", "renamed", "dropped", "swapped", "unreadable"] as const;

const table = () => readTable(story.sam, { tableId: story.table.id }, "catalog");
const rescan = async () => scanSource(story.sam, { sourceId: story.table.source.id });
const queries = async () =>
  (
    await story.control.owner<{ query: string }[]>`
      SELECT query FROM saved_views UNION ALL SELECT cohort FROM requests WHERE cohort IS NOT NULL`
  ).map(({ query }) => query);

async function confirm(names: readonly string[], method: "clear" | "redact"): Promise<void> {
  const choices = (await table()).columns
    .filter(({ name }) => names.includes(name))
    .map(({ id, version }) => ({ id, version, classId: "none", mask: { method } as const }));
  await confirmColumns(story.sam, { sourceId: story.table.source.id, choices });
}

beforeAll(async () => {
  await story.sourceOwner.unsafe(ways.map((name) => `ALTER TABLE customers ADD ${name} text`).join(";"));
  await story.sourceOwner.unsafe(
    `UPDATE customers SET ${ways.map((name) => `${name} = 'kept-${name}'`).join(", ")} WHERE id = 1`,
  );
  await rescan();
  await confirm(ways, "clear");
  for (const name of ways) {
    const filter = `?f=country:is:DE&f=${name}:is:kept-${name}`;
    await keepView(story.ana, { tableId: story.table.id, query: filter, name, shared: true });
    const { records: _, ...draft } = story.draft();
    await submitCohort(story.ana, { ...draft, cohort: filter });
  }
});

const deeds: Record<(typeof ways)[number], () => Promise<unknown>> = {
  masked: () => confirm(["masked"], "redact"),
  reopened: async () => {
    const { id, version } = (await table()).columns.find(({ name }) => name === "reopened")!;
    return reopenColumns(story.sam, {
      sourceId: story.table.source.id,
      which: { columns: [{ id, version }] },
    });
  },
  retyped: () => changed("ALTER TABLE customers ALTER retyped TYPE varchar(40)"),
  renamed: () => changed("ALTER TABLE customers RENAME renamed TO other_name"),
  dropped: () => changed("ALTER TABLE customers DROP dropped"),
  swapped: () => changed("ALTER TABLE customers DROP swapped; ALTER TABLE customers ADD swapped text"),
  unreadable: async () => {
    const { columns } = await table();
    const rest = columns.filter(({ name, gone }) => name !== "unreadable" && !gone).map(({ name }) => name);
    const [reader] = await story.sourceOwner<{ name: string }[]>`
      SELECT DISTINCT grantee AS name FROM information_schema.role_table_grants
      WHERE table_name = 'customers' AND grantee <> current_user AND grantee <> 'PUBLIC' LIMIT 1`;
    return changed(`REVOKE SELECT ON customers FROM ${reader!.name};
      GRANT SELECT (${rest.join(", ")}) ON customers TO ${reader!.name}`);
  },
};

async function changed(ddl: string): Promise<void> {
  await story.sourceOwner.unsafe(ddl);
  await rescan();
}

test.each(ways)("the values that were filtered by are gone at once when a column is %s", async (name) => {
  const count = (list: string[]) => list.filter((query) => query.includes(`kept-${name}`)).length;
  expect(count(await queries())).toBe(2);
  await deeds[name]();
  const left = await queries();
  expect(count(left)).toBe(0);
  expect(left).toContain(`?f=country:is:DE&f=${name}:is`);
  await rescan();
  expect(await queries()).toEqual(left);
});

test("a value that somebody sends while its column is being masked is not kept", async () => {
  await confirm(["reopened"], "clear");
  const query = "?f=reopened:is:kept-late";
  const views = Array.from({ length: 8 }, (_, at) =>
    keepView(story.ben, { tableId: story.table.id, query, name: `Late ${at}`, shared: false }),
  );
  await Promise.allSettled([...views.slice(0, 4), confirm(["reopened"], "redact"), ...views.slice(4)]);
  expect((await queries()).filter((kept) => kept.includes("kept-late"))).toEqual([]);
});

test("nothing that was filtered by outlives its source", async () => {
  expect((await queries()).some((query) => query.includes("DE"))).toBe(true);
  const [source] = await story.control.owner<{ id: string; version: number }[]>`
    SELECT id, version FROM sources WHERE id = ${story.table.source.id}`;
  await removeSource(story.sam, { sourceId: source!.id, version: source!.version });
  expect((await queries()).filter((query) => query.includes("DE"))).toEqual([]);
});
