import { sensitivityHtml } from "@/components/ui/sensitivity";
import type { ColumnView } from "@/lib/browse/view";

type Shown = Pick<ColumnView, "sensitivity" | "look">;

/** The sensitivity of a column as a shape; an open eye for what is clear, a closed one for what is not confirmed. */
export function SensitivityGlyph({ column }: { column: Shown }) {
  // oxlint-disable-next-line react/no-danger -- constant shapes
  return <span className="contents" dangerouslySetInnerHTML={{ __html: glyphHtml(column) }} />;
}

/** The same as HTML. */
export function glyphHtml({ sensitivity, look }: Shown): string {
  return sensitivity === null ? (look === "clear" ? openEye : closedEye) : sensitivityHtml(sensitivity);
}

const eye = (shape: string) =>
  `<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">${shape}</svg>`;

const openEye = eye('<circle cx="6" cy="6" r="1.6" fill="currentColor"/>');
const closedEye = eye(
  '<path d="M1 5.2c1.4 2 3 3 5 3s3.6-1 5-3" fill="none" stroke="currentColor" stroke-width="1.4"/>',
);
