import { describe, expect, test } from "vitest";
import {
  allowedPaths,
  allowingKey,
  canConfirm,
  choiceOf,
  inOrder,
  maskByLetter,
  masksOf,
  withClass,
  withPreset,
} from "@/components/catalog/review-choice";
import type { MaskChoice, ReviewColumn, TableReview } from "@/lib/catalog/view";

const mask = (key: string, letter: string): MaskChoice => ({
  key,
  letter,
  name: key,
  says: "",
  classes: null,
  cost: null,
  mask: { method: "redact" },
});
const masks = [
  mask("clear", "c"),
  mask("partial email", "p"),
  mask("partial last 4", "p"),
  mask("redact", "r"),
];
const column: ReviewColumn = {
  id: "1",
  version: 1,
  name: "email",
  type: "text",
  maskSet: "text",
  comment: null,
  nullable: true,
  generated: false,
  isKey: false,
  refersTo: null,
  readable: true,
  state: "unconfirmed",
  group: "sure",
  classId: "email",
  maskKey: "partial email",
  proposed: { classId: "email", why: "", percent: 95 },
};
const dataClass = (id: string, maskKey: string) =>
  ({ id, maskKey, title: id, group: "other", sensitivity: 2, regulations: [], maxRevealMinutes: 5 }) as const;
const review: TableReview = {
  tableId: "t",
  sourceId: "s",
  columns: [column],
  classes: [
    dataClass("email", "partial email"),
    dataClass("income", "generalise bucket 10000"),
    dataClass("city", "clear"),
  ],
  presets: [],
  tableMaskKeys: {},
  maskSets: { text: masks },
};

describe("choices of a review", () => {
  test("a letter goes round the masks of its method", () => {
    expect(maskByLetter(masks, "clear", "p")).toBe("partial email");
    expect(maskByLetter(masks, "partial email", "p")).toBe("partial last 4");
    expect(maskByLetter(masks, "partial last 4", "p")).toBe("partial email");
    expect(maskByLetter(masks, "clear", "g")).toBeNull();
  });

  test("masks made for other classes are not offered, but what is chosen is", () => {
    const more = { ...mask("partial card", "p"), classes: ["pan"] };
    const offered = (classId: string, maskKey: string | null) =>
      masksOf({ ...review, maskSets: { text: [...masks, more] } }, column, { classId, maskKey }).map(
        ({ key }) => key,
      );
    expect(offered("email", null)).not.toContain("partial card");
    expect(offered("pan", null)).toContain("partial card");
    expect(offered("email", "partial card")).toContain("partial card");
  });

  test("a preset changes the masks of the classes it names, and confirms nothing", () => {
    const preset = { id: "p", title: "P", says: "", maskKeys: { email: "redact", city: "generalise zip3" } };
    const city = { ...column, id: "2", classId: "city" };
    const other = { ...column, id: "3", classId: "income" };
    const gone = { ...column, id: "4", group: "gone" as const };
    const changed = withPreset(review, [column, city, other, gone], new Map(), preset);
    expect([...changed]).toEqual([
      ["1", { classId: "email", maskKey: "redact" }],
      ["2", { classId: "city", maskKey: "redact" }],
    ]);
  });

  test("another class brings its mask, or redact where that one does not fit", () => {
    expect(withClass(review, column, "city")).toEqual({ classId: "city", maskKey: "clear" });
    expect(withClass(review, column, "income")).toEqual({ classId: "income", maskKey: "redact" });
    expect(withClass(review, column, "no such class")).toMatchObject({ maskKey: "redact" });
  });

  test("only what would change something can be confirmed", () => {
    const stored = { ...column, state: "confirmed", group: "confirmed" } as const;
    const same = choiceOf(stored, new Map());
    expect(canConfirm(column, same)).toBe(true);
    expect(canConfirm(column, { ...same, maskKey: null })).toBe(false);
    expect(canConfirm(stored, same)).toBe(false);
    expect(canConfirm(stored, { ...same, maskKey: "redact" })).toBe(true);
    expect(canConfirm({ ...stored, group: "changed" }, same)).toBe(true);
    expect(canConfirm({ ...stored, group: "gone" }, { ...same, maskKey: "redact" })).toBe(false);
  });

  test("what changed comes first, and a row stays in its group while one works", () => {
    const rows = (["confirmed", "sure", "changed", "unsure"] as const).map((group, at) => ({
      ...column,
      id: `${at}`,
      group,
    }));
    const groups = new Map(rows.map(({ id, group }) => [id, group]));
    const later = rows.map((row) => ({ ...row, group: "confirmed" as const }));
    expect(inOrder(later, groups).map(({ id }) => id)).toEqual(["2", "3", "1", "0"]);
  });
});

describe("a mask of documents", () => {
  const documents = { ...mask("document", "l"), name: "document, no values" };
  const json = { ...column, maskSet: "json", maskKey: "document" };
  const shown: TableReview = { ...review, maskSets: { json: [documents, mask("redact", "r")] } };

  test("that shows some paths is one of its own, the same in whatever order they were chosen", () => {
    const key = allowingKey([["b"], ["a", "c"]]);
    expect(key).toBe(allowingKey([["a", "c"], ["b"]]));
    expect(allowedPaths(key)).toEqual([["a", "c"], ["b"]]);
    const found = masksOf(shown, json, { classId: "structured_doc", maskKey: key });
    expect(found.find((one) => one.key === key)).toMatchObject({
      name: "document, 2 paths shown",
      mask: { method: "document", allow: [["a", "c"], ["b"]] },
    });
  });

  test("shows no path until one is chosen, and other masks have none", () => {
    expect(allowedPaths("document")).toEqual([]);
    expect(allowingKey([])).toBe("document");
    expect(allowedPaths("redact")).toBeNull();
    expect(masksOf(shown, json, { classId: "structured_doc", maskKey: "document" })).toHaveLength(2);
  });
});
