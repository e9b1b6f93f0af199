import "server-only";
import { sql } from "drizzle-orm";
import { roleWords } from "@/lib/people/role";
import type { Role } from "@/lib/people/view";
import { inOne, type Reading } from "@/lib/reports/access-review/reading";
import type { TableSection } from "@/lib/reports/report";
import { spanBounds } from "@/lib/reports/span";
import type { Row } from "@/lib/reports/view";

/** Roles that are allowed together and should not be one person's, and why. */
const together: readonly (readonly [Role, Role, string])[] = [
  ["admin", "policy_admin", "Gives roles and writes the rules by which they count"],
  ["admin", "auditor", "Is checked by the log that they read for others"],
  ["admin", "approver", "Puts people into the groups that decide, and decides"],
  ["admin", "agent", "Gives roles, and asks for values"],
  ["auditor", "agent", "Asks for values, and reads the record of it"],
  ["auditor", "approver", "Decides, and reads the record of it"],
  ["auditor", "policy_admin", "Writes the rules, and reads the record of them"],
  ["steward", "agent", "Says what a column holds, and asks for it"],
  ["steward", "policy_admin", "Says what a class is, and who may open it"],
];

/** What is allowed and unwise: who holds both sides, or confirmed each other. */
export function unwiseTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "unwise",
    title: "Allowed, and unwise",
    intro:
      "No conflict of duty: each of their deeds still needs a second person where one is needed. To look at, and to take apart where there are people enough.",
    columns: [
      { id: "person", title: "Who", kind: "text" },
      { id: "what", title: "What", kind: "text", weight: 1.4 },
      { id: "why", title: "Why it is unwise", kind: "text", weight: 2 },
    ],
    empty: "Nobody holds both sides of anything.",
    rows: () => inOne(readUnwise(reading)),
  };
}

async function readUnwise(reading: Reading): Promise<Row[]> {
  const held = await reading.ctx.db
    .select({ name: sql<string>`p.name`, roles: sql<Role[]>`array_agg(r.role ORDER BY r.role)` })
    .from(sql`people p JOIN person_roles r ON r.person_id = p.id`)
    .where(sql`p.state = 'active'`)
    .groupBy(sql`p.id, p.name`)
    .having(sql`count(*) > 1`)
    .orderBy(sql`p.name, p.id`);
  const both = held.flatMap(({ name, roles }) =>
    together
      .filter(([one, other]) => roles.includes(one) && roles.includes(other))
      .map(([one, other, why]): Row => {
        return [name, `${roleWords[one].name} and ${roleWords[other].name.toLowerCase()}`, why];
      }),
  );
  return [
    ...both,
    ...(await readEachOther(reading)),
    ...(await readClassifiers(reading)),
    ...(await readLone(reading)),
  ];
}

/** Two who confirmed each other's access: admins without managers alone can. */
async function readEachOther({ ctx }: Reading): Promise<Row[]> {
  const rows = await ctx.db
    .select({ one: sql<string>`p.name`, other: sql<string>`q.name`, campaign: sql<string>`c.name` })
    .from(
      sql`access_items a JOIN access_items b ON b.campaign_id = a.campaign_id AND b.person_id = a.decided_by
        AND b.decided_by = a.person_id AND a.person_id < b.person_id
        JOIN access_campaigns c ON c.id = a.campaign_id JOIN people p ON p.id = a.person_id JOIN people q ON q.id = b.person_id`,
    )
    .orderBy(sql`c.started_at DESC, p.name`)
    .limit(500);
  return rows.map(({ one, other, campaign }): Row => {
    return [
      `${one} and ${other}`,
      `Confirmed each other in ${campaign}`,
      "Neither was looked at by a third person",
    ];
  });
}

/** Stewards who changed a class and confirmed columns of that time: one steward is enough for both. */
async function readClassifiers({ ctx, span, asOf }: Reading): Promise<Row[]> {
  const { from, before: until } = spanBounds(span);
  const inSpan = sql`occurred_at >= ${from}::timestamptz AND occurred_at < ${until}::timestamptz AND seq < ${asOf.logSize}::bigint`;
  const rows = await ctx.db
    .select({ name: sql<string>`p.name` })
    .from(sql`people p`)
    .where(
      sql`p.id IN (SELECT actor_id FROM audit_events WHERE code IN ('class.changed', 'class.mask_changed') AND ${inSpan})
        AND p.id IN (SELECT actor_id FROM audit_events WHERE code = 'catalog.confirmed' AND ${inSpan})`,
    )
    .orderBy(sql`p.name, p.id`);
  return rows.map(({ name }): Row => {
    return [name, "Changed a class and confirmed columns", "Nobody else looked at either; the log has both"];
  });
}

/** Admins who are the only one, and people whose access no manager can confirm. */
async function readLone({ ctx }: Reading): Promise<Row[]> {
  const rows = await ctx.db
    .select({ name: sql<string>`p.name`, isOnly: sql<boolean>`a.n = 1` })
    .from(
      sql`people p JOIN person_roles r ON r.person_id = p.id AND r.role = 'admin'
        CROSS JOIN (SELECT count(*) AS n FROM people x JOIN person_roles y ON y.person_id = x.id
          WHERE x.state = 'active' AND y.role = 'admin') AS a`,
    )
    .where(sql`p.state = 'active' AND a.n = 1`)
    .orderBy(sql`p.name`);
  return rows.map(({ name }): Row => [
    name,
    "Is the only admin",
    "Nobody can take their rights, or stand in for them",
  ]);
}
