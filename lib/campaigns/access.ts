import { dataClass } from "@/lib/catalog/classes";
import { roleWords } from "@/lib/people/role";
import type { Role } from "@/lib/people/view";

/** Something that gives a person a right: a role, a group, or a table or data class that they own; `since` is ISO 8601. */
export type AccessPart = {
  kind: "role" | "group" | "table" | "class";
  id: string;
  name: string;
  since: string;
};

/** Where the access of a person stands in a campaign; `left` says that there was nothing to decide any more. */
export type ItemState = "open" | "confirmed" | "removed" | "lapsed" | "left";

/** Names a part within the access of one person. */
export const partKey = ({ kind, id }: Pick<AccessPart, "kind" | "id">): string => `${kind}:${id}`;

/** "Agent", "Group Payments", "Owner of Marigold: public.customers". */
export function partWords({ kind, id, name }: Pick<AccessPart, "kind" | "id" | "name">): string {
  switch (kind) {
    case "role":
      return Object.hasOwn(roleWords, id) ? roleWords[id as Role].name : id;
    case "group":
      return `Group ${name}`;
    case "table":
      return `Owner of ${name}`;
    case "class":
      return `Owner of the class ${dataClass(id)?.title ?? name}`;
  }
}

/** What somebody owns, as the events of owners name it: "public.customers", "Bank account". */
export function ownedWords({ kind, id, name }: AccessPart): string {
  return kind === "class" ? (dataClass(id)?.title ?? name) : name.slice(name.indexOf(": ") + 2);
}

/** All parts in words, or that there are none. */
export const accessWords = (parts: readonly AccessPart[]): string =>
  parts.map(partWords).join(", ") || "Nothing";

/** What is held, apart by whether it is kept. Keys that name nothing held are passed over. */
export function parted(
  held: readonly AccessPart[],
  kept: readonly string[],
): { kept: AccessPart[]; removed: AccessPart[] } {
  const keeps = new Set(kept);
  return {
    kept: held.filter((part) => keeps.has(partKey(part))),
    removed: held.filter((part) => !keeps.has(partKey(part))),
  };
}

/** Whether these keys name the parts that are held, all of them and no others. */
export function isAll(held: readonly AccessPart[], seen: readonly string[]): boolean {
  const keys = new Set(seen);
  return keys.size === held.length && held.every((part) => keys.has(partKey(part)));
}

const DAY_MS = 86_400_000;

/**
 * How many reminders of a campaign are due at a moment: one a week before its end, one the day before, one when it is
 * overdue. Those that lie before its start are never told.
 */
export function remindersDue({ startedAt, dueAt }: { startedAt: Date; dueAt: Date }, now: Date): number {
  const left = dueAt.getTime() - now.getTime();
  const length = dueAt.getTime() - startedAt.getTime();
  if (left <= 0) return 3;
  if (left <= DAY_MS && length > DAY_MS) return 2;
  return left <= 7 * DAY_MS && length > 7 * DAY_MS ? 1 : 0;
}
