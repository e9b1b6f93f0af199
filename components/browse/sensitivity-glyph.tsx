import { Sensitivity } from "@/components/ui/sensitivity";
import type { ColumnView } from "@/lib/browse/view";

/** The sensitivity of a column as a shape; an open eye for what is clear, a closed one for what is not confirmed. */
export function SensitivityGlyph({
  level,
  look,
}: {
  level: ColumnView["sensitivity"];
  look: ColumnView["look"];
}) {
  if (level !== null) return <Sensitivity level={level} />;
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden>
      {look === "clear" ? (
        <circle cx="6" cy="6" r="1.6" fill="currentColor" />
      ) : (
        <path d="M1 5.2c1.4 2 3 3 5 3s3.6-1 5-3" fill="none" stroke="currentColor" strokeWidth="1.4" />
      )}
    </svg>
  );
}
