import { describe, expect, test } from "vitest";
import { draftSchema, sketchSchema } from "./draft";

const id = "6a2f41a3-c54c-4a27-8b0f-0d6a3f5e9b11";
const draft = {
  tableId: id,
  records: ["WyIxIl0"],
  fields: [{ columnId: id, level: "full" }],
  purpose: "customer-contact",
  reason: "The parcel came back and she has to be called.",
  ticket: "",
  viewSeconds: 300,
};
const complaints = (change: object) =>
  draftSchema.safeParse({ ...draft, ...change }).error?.issues.map((issue) => issue.path.join("."));

test("a sound draft passes, and an empty ticket is none", () => {
  expect(draftSchema.parse(draft)).toMatchObject({ ticket: null, viewSeconds: 300 });
});

describe("a draft is refused", () => {
  test.each<[string, object, string]>([
    ["without records", { records: [] }, "records"],
    ["with 101 records", { records: Array.from({ length: 101 }, (_, at) => `r${at}`) }, "records"],
    ["without fields", { fields: [] }, "fields"],
    [
      "with a field twice, at two levels",
      {
        fields: [
          { columnId: id, level: "full" },
          { columnId: id, level: "partial" },
        ],
      },
      "fields",
    ],
    ["with a level that is none", { fields: [{ columnId: id, level: "everything" }] }, "fields.0.level"],
    ["with a purpose that is none", { purpose: "curiosity" }, "purpose"],
    ["with a reason of 9 characters", { reason: "123456789" }, "reason"],
    ["with a reason of 5 characters outside the first plane", { reason: "😀".repeat(5) }, "reason"],
    ["with a reason of blanks", { reason: " ".repeat(40) }, "reason"],
    ["with a reason of 2,001 characters", { reason: "x".repeat(2001) }, "reason"],
    ["with a zero byte", { reason: "a good reason\0 to ask" }, "reason"],
    ["with a mark that turns the direction of writing", { reason: "a good reason\u202e to ask" }, "reason"],
    ["with half a character", { reason: "a good reason \ud83d to ask" }, "reason"],
    ["with a ticket of 121 characters", { ticket: "x".repeat(121) }, "ticket"],
    ["without time", { viewSeconds: 0 }, "viewSeconds"],
    ["with more than 30 minutes", { viewSeconds: 1801 }, "viewSeconds"],
    ["with half a second", { viewSeconds: 1.5 }, "viewSeconds"],
    ["with time as text", { viewSeconds: "300" }, "viewSeconds"],
  ])("%s", (_, change, path) => {
    expect(complaints(change)).toContain(path);
  });
});

test("a reason in any script and of several lines passes", () => {
  for (const reason of [
    "Поставка вернулась, нужно позвонить",
    "荷物が返送されたため電話が必要です",
    "one line\nand another one",
  ]) {
    expect(draftSchema.parse({ ...draft, reason }).reason).toBe(reason);
  }
});

test("a sketch needs no words yet, but the same fields and records", () => {
  expect(sketchSchema.parse({ ...draft, reason: "x", purpose: "" })).toMatchObject({ reason: "x" });
  expect(sketchSchema.safeParse({ ...draft, records: [] }).success).toBe(false);
});
