import type { Scanned } from "@/lib/catalog/store-structure";

/** What a scan found, such as "3 new columns, 1 changed. 2 grants ended." */
export function scanWords(scanned: Scanned): string {
  const found = [
    counted(scanned.newTables, "new table"),
    counted(scanned.newColumns, "new column"),
    scanned.changedColumns > 0 ? `${scanned.changedColumns} changed` : "",
    scanned.goneColumns > 0 ? `${scanned.goneColumns} gone` : "",
  ].filter((words) => words !== "");
  const first = found.length > 0 ? found.join(", ") : "Nothing has changed";
  const ended = counted(scanned.endedGrants, "grant");
  return `${first}.${ended === "" ? "" : ` ${ended} ended.`}`;
}

const counted = (count: number, noun: string) =>
  count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
