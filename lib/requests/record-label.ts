import { isErased } from "@/lib/audit/facts";
import { parseHandle } from "@/lib/catalog/record-handle";

const LONGEST = 40;

/** A record as people name it: the text of its key, or the start of its token where the key is sensitive. */
export function recordLabel(handle: string): string {
  const key = parseHandle(handle);
  if (key === null) return isErased(handle) ? "an erased record" : "unknown";
  const text = key.kind === "values" ? key.values.join(" · ") : key.token.slice(0, 10);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
