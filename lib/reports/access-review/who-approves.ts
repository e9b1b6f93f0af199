import "server-only";
import { sql } from "drizzle-orm";
import { dataClass } from "@/lib/catalog/classes";
import type { Who } from "@/lib/policies/policy";
import { readActivePolicy } from "@/lib/policies/read-policy";
import { inOne, type Reading } from "@/lib/reports/access-review/reading";
import type { TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";

/** Every active approver, and by what they may decide: as a manager, through groups, as an owner, as a substitute. */
export function approverTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "approvers",
    title: "Who can approve what",
    columns: [
      { id: "approver", title: "Approver", kind: "text" },
      { id: "manager_of", title: "As manager of", kind: "text", weight: 1.6 },
      { id: "groups", title: "Through groups", kind: "text" },
      { id: "owns", title: "As owner of", kind: "text", weight: 1.4 },
      { id: "substitute_for", title: "As substitute, now, for", kind: "text" },
    ],
    intro:
      "What of it counts for a request, its rule says: see the steps below. Nobody decides on a request of their own.",
    empty: "There is no active approver: nothing that needs one can be approved.",
    rows: () => inOne(readApprovers(reading)),
  };
}

async function readApprovers({ ctx }: Reading): Promise<Row[]> {
  const names = (from: string) => sql<string[]>`ARRAY(${sql.raw(from)})`;
  const rows = await ctx.db
    .select({
      name: sql<string>`p.name`,
      reports: names(
        "SELECT q.name FROM people q WHERE q.manager_id = p.id AND q.state <> 'disabled' ORDER BY q.name, q.id",
      ),
      groups: names(
        "SELECT g.name FROM group_members m JOIN groups g ON g.id = m.group_id WHERE m.person_id = p.id ORDER BY g.name",
      ),
      tables: names(
        "SELECT t.schema || '.' || t.name FROM owners o JOIN catalog_tables t ON t.id::text = o.subject WHERE o.kind = 'table' AND o.person_id = p.id ORDER BY 1",
      ),
      classes: names(
        "SELECT o.subject FROM owners o WHERE o.kind = 'class' AND o.person_id = p.id ORDER BY 1",
      ),
      standsInFor: names(
        "SELECT d.name FROM live_delegations l JOIN people d ON d.id = l.delegator_id WHERE l.substitute_id = p.id ORDER BY d.name",
      ),
    })
    .from(sql`people p JOIN person_roles r ON r.person_id = p.id AND r.role = 'approver'`)
    .where(sql`p.state = 'active'`)
    .orderBy(sql`p.name, p.id`)
    .limit(5_000);
  const text = (list: readonly string[]) => list.join(", ") || null;
  return rows.map(({ name, reports, groups, tables, classes, standsInFor }): Row => {
    const owns = [...tables, ...classes.map((id) => `class ${dataClass(id)?.title ?? id}`)];
    return [name, text(reports), text(groups), text(owns), text(standsInFor)];
  });
}

/** The steps of the active policy, rule by rule. */
export function stepTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "policy-steps",
    title: "Whom the active policy asks",
    columns: [
      { id: "rule", title: "Rule", kind: "text", weight: 1.4 },
      { id: "step", title: "Step", kind: "number", weight: 0.5 },
      { id: "who", title: "Who has to approve", kind: "text", weight: 2 },
      { id: "emergency", title: "Emergency may skip it", kind: "text", weight: 0.8 },
    ],
    empty: "No rule asks anybody: what no rule matches, the manager decides.",
    rows: () => inOne(readSteps(reading)),
  };
}

async function readSteps({ ctx }: Reading): Promise<Row[]> {
  const { compiled } = await readActivePolicy(ctx.db);
  const rows = await ctx.db.select({ id: sql<string>`p.id`, name: sql<string>`p.name` }).from(sql`people p`);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  const ofRules = compiled.policy.rules
    .filter(({ shadow }) => !shadow)
    .flatMap(({ name, outcome, breakGlass }) => {
      if (outcome.kind !== "review") return [];
      return outcome.steps.map(({ anyOf }, at): Row => {
        const who = anyOf.map((one) => `${one.count} of ${whoWords(one.who, names)}`).join(", or ");
        return [name, at + 1, who, breakGlass ? "Yes, judged afterwards" : "No"];
      });
    });
  const fallback = compiled.policy.fallback.map((who) => whoWords(who, names)).join(", then ");
  return [...ofRules, ["Where a step has nobody", null, fallback, "No"]];
}

function whoWords(who: Who, names: ReadonlyMap<string, string>): string {
  switch (who.kind) {
    case "manager":
      return "the manager";
    case "managers-manager":
      return "the manager’s manager";
    case "group":
      return `the group ${who.group}`;
    case "table-owners":
      return "the owners of the table";
    case "class-owners":
      return "the owners of the data class";
    case "people":
      return who.ids.map((id) => names.get(id) ?? "somebody who is gone").join(", ");
    case "approvers":
      return "all approvers";
  }
}
