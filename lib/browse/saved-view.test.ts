import { describe, expect, test } from "vitest";
import { readView, viewQuery, viewWords } from "@/lib/browse/saved-view";
import { parseTableState } from "@/lib/browse/table-state";
import { catalogColumn, catalogTable, typeOf } from "@/lib/testing/catalog-table";
import { searchParamsOf } from "@/lib/web/search-params";

const clear = { method: "clear" } as const;
const tableWhere = (email: Parameters<typeof catalogColumn>[2]) =>
  catalogTable(
    [
      catalogColumn("id", typeOf("number"), clear, 1),
      catalogColumn("country", typeOf("text"), clear, 2),
      catalogColumn("email", typeOf("text"), email, 3),
    ],
    ["id"],
  );
const open = tableWhere(clear);
const closed = tableWhere({ method: "redact" });
const stateOf = (table: typeof open, query: string) =>
  parseTableState(table, searchParamsOf(new URLSearchParams(query)));

describe("what a view keeps of a page", () => {
  test("is its filters, order and columns; no page, no page size, nothing unsound", () => {
    const page = stateOf(
      closed,
      "f=country:is:DE&f=email:is:a@b.cd&sort=-id&cols=id,country&size=100&before=end",
    );
    expect(viewQuery(page)).toBe("?cols=id,country&sort=-id&f=country:is:DE");
    expect(viewWords(page)).toBe("country is DE · by id, last first · 2 columns");
  });

  test("is nothing for a table as it lies, wherever one has got to in it", () => {
    expect(viewQuery(stateOf(open, "size=25&before=end"))).toBe("");
  });
});

describe("a view that was saved", () => {
  const stored = "?cols=id,email&sort=email&f=country:is:DE&f=email:is:jane%40example.test";

  test("opens as it was saved while its columns are clear", () => {
    expect(readView(open, stored)).toMatchObject({ query: stored, sound: stored, leftOut: [] });
  });

  test("names what is masked since, so that its page can say why it is left out, and keeps the value back", () => {
    const read = readView(closed, stored);
    expect(read.query).toBe("?cols=id,email&sort=email&f=country:is:DE&f=email:is");
    expect(read.sound).toBe("?cols=id,email&f=country:is:DE");
    expect(JSON.stringify(read)).not.toContain("jane");
    expect(stateOf(closed, read.query).problems).toEqual(read.leftOut);
    expect(read.leftOut).toEqual([
      "“email” is masked, so nothing can be sorted by it.",
      "“email” is masked, so nothing can be filtered by it.",
    ]);
  });

  test("says so of a column that is gone", () => {
    const read = readView(open, "?f=born:between:1990..1991&f=id:between:1..9");
    expect(read.query).toBe("?f=born:between&f=id:between:1..9");
    expect(read.words).toBe("id is between 1 and 9");
  });
});
