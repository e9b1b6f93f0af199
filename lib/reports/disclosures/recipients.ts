import type { AuditEntry } from "@/lib/audit/entry";

/** How recipients are called in one reading of a report, oldest event first. */
export type Recipients = { nameOf: (entry: AuditEntry) => string; count: () => number };

/**
 * Names each who was told something: by name where that was justified, else as “employee 3 (agent)”, the same person
 * always by the same number, in the order in which they first occur.
 */
export function recipients(isNamed: boolean): Recipients {
  const numbers = new Map<string, number>();
  return {
    nameOf: ({ actor }) => {
      const key = actor.id ?? actor.name;
      const number = numbers.get(key) ?? numbers.size + 1;
      numbers.set(key, number);
      return isNamed ? actor.name : `Employee ${number} (${actor.roles.join(", ") || actor.kind})`;
    },
    count: () => numbers.size,
  };
}
