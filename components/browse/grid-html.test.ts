import fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { escapeHtml } from "@/components/ui/escape-html";
import { rowHtml } from "./grid-html";

test("a row is written exactly as React would write it, whatever its texts hold", () => {
  const text = fc.string({ unit: "binary" }).map((value) => value.replaceAll("\0", ""));
  fc.assert(
    fc.property(text, text, text, (cell, href, handle) => {
      const cells = [
        { tag: "th", attributes: { scope: "row" }, text: cell, link: { href, "data-soft": "" } },
        { tag: "td", attributes: { "data-veil": "masked" }, text: cell },
      ] as const;
      const byReact = renderToStaticMarkup(
        createElement(
          "tr",
          { "data-r": handle },
          createElement(
            "td",
            null,
            createElement("input", {
              type: "checkbox",
              className: "check",
              tabIndex: -1,
              "aria-label": "Select record 1",
            }),
          ),
          createElement("th", { scope: "row" }, createElement("a", { href, "data-soft": "" }, cell)),
          createElement("td", { "data-veil": "masked" }, cell),
        ),
      );
      expect(rowHtml(cells, handle, 0).replaceAll("&#39;", "&#x27;")).toBe(byReact);
    }),
  );
});

test.each([
  "</td><script>alert(1)</script>",
  '" onmouseover="alert(1)',
  "' onfocus='alert(1)",
  "&lt;script&gt;",
  "<!--",
  "\0<b>",
])("no value of a source becomes markup: %j", (value) => {
  expect(escapeHtml(value)).not.toMatch(/[<>"'\0]/);
});
