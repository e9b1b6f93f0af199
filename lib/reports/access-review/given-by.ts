import "server-only";
import { and, asc, inArray, lt } from "drizzle-orm";
import { ownedWords, type AccessPart } from "@/lib/campaigns/access";
import type { EventCode } from "@/lib/audit/codes";
import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import { auditEvents } from "@/lib/db/schema/audit";
import type { Reading } from "@/lib/reports/access-review/reading";

const giving: readonly EventCode[] = [
  ...(["person.first_admin_made", "person.invited", "person.joined", "person.roles_changed"] as const),
  ...(["group.made", "group.changed", "owners.changed"] as const),
];

/** Who gave a right to somebody, by the log; null where the log does not say. */
export type GivenBy = (person: { id: string; name: string }, part: AccessPart) => string | null;

/**
 * Reads the events that gave rights. What gave one is the first that names it at or after the moment since which it is
 * held: its event is written last in the transaction that gives it.
 */
export async function readGivenBy({ ctx, asOf }: Pick<Reading, "ctx" | "asOf">): Promise<GivenBy> {
  const rows = await ctx.db
    .select({ entry: auditEvents.entry })
    .from(auditEvents)
    .where(and(inArray(auditEvents.code, [...giving]), lt(auditEvents.seq, asOf.logSize)))
    .orderBy(asc(auditEvents.seq));
  const byKey = new Map<string, { ms: number; by: string }[]>();
  for (const row of rows) {
    const entry = parseEntry(row.entry);
    const gift = { ms: Math.floor(entry.occurredUs / 1000), by: entry.actor.name };
    for (const key of keysOf(entry)) byKey.set(key, [...(byKey.get(key) ?? []), gift]);
  }
  return (person, part) => {
    const since = Date.parse(part.since);
    return byKey.get(keyOf(person, part))?.find(({ ms }) => ms >= since)?.by ?? null;
  };
}

function keyOf(person: { id: string; name: string }, part: AccessPart): string {
  if (part.kind === "role") return `role|${part.id}|${person.id}`;
  if (part.kind === "group") return `group|${part.name}|${person.name}`;
  return `${part.kind}|${ownedWords(part)}|${person.name}`;
}

/** The rights that an event gave: of roles by the id of the person, of groups and owners by their names, as it has them. */
function keysOf(entry: AuditEntry): string[] {
  const { code, subject, actor, details } = entry;
  const list = (name: string) => (Array.isArray(details?.[name]) ? (details[name] as readonly string[]) : []);
  const text = (name: string) => String(details?.[name]);
  switch (code) {
    case "person.first_admin_made":
      return [`role|admin|${subject?.id ?? actor.id ?? ""}`];
    case "person.roles_changed":
      return list("added").map((role) => `role|${role}|${subject?.id ?? ""}`);
    case "person.invited":
    case "person.joined":
      return list("roles").map((role) => `role|${role}|${subject?.id ?? ""}`);
    case "group.made":
      return list("members").map((name) => `group|${text("group")}|${name}`);
    case "group.changed":
      return list("added").map((name) => `group|${text("group")}|${name}`);
    case "owners.changed":
      return list("added").map((name) => `${text("kind")}|${text("of")}|${name}`);
    default:
      return [];
  }
}
