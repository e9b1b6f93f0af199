import "server-only";
import type { Context } from "@/lib/auth/context";
import type { CatalogTable } from "@/lib/catalog/table";
import type { ReadDatabase } from "@/lib/db/control-database";
import type { CompiledPolicy } from "@/lib/policies/compile-policy";
import { readActivePolicy } from "@/lib/policies/read-policy";
import { ruleOn, type Need, type Ruling } from "@/lib/policies/ruling";
import { filledRoute, routeOf, seatsIn, type Route, type Seated } from "@/lib/policies/seats";
import { standingOf, type StandIn, type Standing } from "@/lib/policies/standing";
import type { RequestSignals } from "@/lib/policies/signals";
import { Refusal, type RefusalCode } from "@/lib/refusal";
import { readSeated } from "@/lib/requests/read-seats";
import { readStandIns } from "@/lib/requests/read-stand-ins";
import { readSignals, type AskedNow } from "@/lib/requests/read-signals";

/** Of those who could decide, so many are kept with a request; who may is looked up again when they do. */
const MOST_NAMED = 500;

/** How the active policy decides what is asked, and who would be asked. */
export type Ruled = {
  policyVersion: number;
  compiled: CompiledPolicy;
  signals: RequestSignals;
  ruling: Ruling;
  /** Of a review alone: its steps, those who have a seat in any of them, and where it starts. */
  review: {
    route: Route;
    eligible: readonly Seated[];
    /** Who stands in for one of these now; not one of those whom the request keeps. */
    standIns: readonly StandIn[];
    standing: Standing;
  } | null;
};

/** Asks the active policy about a request as it stands now; refuses a review that nobody can fill. */
export async function ruleRequest(
  db: ReadDatabase,
  ctx: Context,
  table: CatalogTable,
  asked: AskedNow,
): Promise<Ruled> {
  const { version, compiled } = await readActivePolicy(db);
  const signals = await readSignals(db, ctx, table, asked);
  const ruling = ruleOn(compiled, signals);
  const { outcome } = ruling;
  const ruled = { policyVersion: version, compiled, signals, ruling };
  if (outcome.kind !== "review") return { ...ruled, review: null };
  const requesterId = ctx.actor.personId;
  const facts = { requesterId, tableId: table.id, classIds: signals.fields.map((field) => field.class) };
  const wanted = routeOf(outcome.steps, compiled.policy.fallback, facts);
  const people = await readSeated(db, requesterId, seatsIn(wanted));
  const filled = filledRoute(wanted, people);
  if (!filled) throw new Refusal("nobody-can-approve");
  const route = { ...filled, reminders: compiled.policy.reminders };
  const inSteps = new Set(seatsIn({ ...route, fallback: [] }));
  const eligible = people
    .filter((person) => person.seats.some((seat) => inSteps.has(seat)))
    .slice(0, MOST_NAMED);
  const standIns = await readStandIns(
    db,
    people.map(({ id }) => id),
    { requesterId, createdAt: null },
  );
  const standing = standingOf(route, [], people, standIns);
  return { ...ruled, review: { route, eligible, standIns, standing } };
}

const needRefusals: Record<Need, RefusalCode> = {
  ticket: "ticket-needed",
  "step-up": "step-up-needed",
  purpose: "purpose-not-allowed",
  records: "records-over-rule",
  level: "partial-only",
};

/** The refusals of what a request lacks under its rule, the first of them first. */
export function lacking({ needs }: Ruling): RefusalCode[] {
  return needs.map((need) => needRefusals[need]);
}
