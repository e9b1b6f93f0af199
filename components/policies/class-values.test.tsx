import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ConditionEditor } from "./condition-editor";

const classes = [
  { id: "pan", title: "Card number", sensitivity: 4, own: null },
  { id: "iban", title: "IBAN", sensitivity: 3, own: null },
];
const drawn = (when: string) =>
  renderToStaticMarkup(
    <ConditionEditor when={when} error={undefined} classes={classes} onChange={() => {}} />,
  );

test("a condition on data classes shows their titles, offers the others, and keeps its text", () => {
  const html = drawn(`"pan" in fields.classes`);
  expect(html).toContain(">Card number</span>");
  expect(html).toContain('<option value="iban" selected="">IBAN</option>');
  expect(html).toContain('aria-label="Add IBAN to condition 1"');
  expect(html).toContain("&quot;pan&quot; in fields.classes</textarea>");
  expect(html).not.toContain("Value of condition 1");
});

test("the only class of a condition cannot be removed; one of several can, also one that is gone", () => {
  expect(drawn(`"pan" in fields.classes`)).not.toContain("Remove Card number");
  const html = drawn(`fields.classes.all(c, c in ["pan", "gone"])`);
  expect(html).toContain('aria-label="Remove Card number from condition 1"');
  expect(html).toContain('aria-label="Remove gone from condition 1"');
});
