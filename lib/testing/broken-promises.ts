import { parseEntry } from "@/lib/audit/entry";
import { missingParts } from "@/lib/audit/promised-parts";

/** Every entry that lacks a part of its frame or of what its code promises, in a line each: its code, number, and what it lacks. */
export function brokenPromises(rows: readonly { entry: string }[]): string[] {
  return rows.flatMap(({ entry }) => {
    const event = parseEntry(entry);
    const missing = missingParts(event);
    return missing.length === 0 ? [] : [`${event.code} (${event.seq}) lacks ${missing.join(", ")}`];
  });
}
