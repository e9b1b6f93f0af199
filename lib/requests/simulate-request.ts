import "server-only";
import { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { idInput } from "@/lib/id-input";
import { waysToAutomatic } from "@/lib/policies/automatic";
import type { CompiledPolicy } from "@/lib/policies/compile-policy";
import { bindingsOf } from "@/lib/policies/environment";
import { explainCondition } from "@/lib/policies/explain";
import { soundPolicy } from "@/lib/policies/hold-draft";
import { policyNumber } from "@/lib/policies/policy-number";
import { readDocument } from "@/lib/policies/read-document";
import { ruleOn, type Ruling } from "@/lib/policies/ruling";
import { filledRoute, routeOf, seatsIn, type Route, type RoutedStep } from "@/lib/policies/seats";
import { signalsSchema, type RequestSignals } from "@/lib/policies/signals";
import type { SimulatedRule } from "@/lib/policies/view";
import { refusalWords } from "@/lib/refusal";
import { readSeated } from "@/lib/requests/read-seats";
import { readStandIns } from "@/lib/requests/read-stand-ins";
import { lacking } from "@/lib/requests/rule-request";
import { wayWords } from "@/lib/requests/ruled-words";
import { stepViews } from "@/lib/requests/steps";
import type { Simulation, StepView } from "@/lib/requests/view";

export const simulateSchema = z.object({
  /** The version that is asked, a draft or any other. */
  number: policyNumber,
  given: signalsSchema,
  /** Who asks, for the names of their managers; null where it is nobody in particular. */
  requesterId: idInput().nullable(),
  /** Which table, for the names of its owners; null where it is none in particular. */
  tableId: idInput().nullable(),
});

/**
 * What a version of the policy says of a request that was put together by hand: each rule with its reasons, the risk,
 * the terms, and who could fill the steps now. Sends nothing and writes nothing.
 */
export async function simulateRequest(
  ctx: Context,
  { number, given, requesterId, tableId }: z.infer<typeof simulateSchema>,
): Promise<Simulation> {
  requirePermission(ctx, "policies");
  const compiled = soundPolicy(await readDocument(ctx.db, number));
  const ruling = ruleOn(compiled, given);
  const { outcome, caps, rule, purposes, breakGlass, stepUp, passkey, shadow, risk } = ruling;
  const facts = { requesterId, tableId, classIds: given.fields.map((field) => field.class) };
  return {
    number,
    rule,
    outcome: { kind: outcome.kind, words: outcome.kind === "deny" ? outcome.words : null },
    viewSeconds: Math.min(caps.viewSeconds, given.viewSeconds),
    ...{ caps, purposes, breakGlass, stepUp, passkey, shadow, risk },
    lacks: lacking(ruling).map((code) => refusalWords(code).what),
    automatic: waysToAutomatic(compiled, given).map(wayWords),
    rules: rulesOf(compiled, given, ruling),
    steps: outcome.kind === "review" ? await stepsOf(ctx, routeFor(compiled, ruling, facts), facts) : [],
  };
}

function rulesOf({ policy }: CompiledPolicy, signals: RequestSignals, ruling: Ruling): SimulatedRule[] {
  const bindings = bindingsOf({ signals, risk: ruling.risk, weights: policy.risk });
  return ruling.answers.map(({ rule, answer, shadow }, at) => ({
    ...{ rule, answer, shadow },
    why: explainCondition(policy.rules[at]?.when ?? "false", bindings),
  }));
}

type Facts = { requesterId: string | null; tableId: string | null; classIds: readonly string[] };

/** The id of nobody: no person, no table has it. */
const nobody = "00000000-0000-0000-0000-000000000000";

function routeFor({ policy }: CompiledPolicy, { outcome }: Ruling, facts: Facts): Route {
  const steps = outcome.kind === "review" ? outcome.steps : [];
  return routeOf(steps, policy.fallback, {
    requesterId: facts.requesterId ?? nobody,
    tableId: facts.tableId ?? nobody,
    classIds: facts.classIds,
  });
}

/**
 * The steps with those who could fill them now. Where the person or the table is left open, so are their managers and
 * owners, and nobody steps in for them. Null where nobody is left who could: such a request is not sent.
 */
async function stepsOf(ctx: Context, wanted: Route, facts: Facts): Promise<StepView[] | null> {
  const seated = await readSeated(ctx.db, facts.requesterId ?? nobody, seatsIn(wanted));
  const isOpen = (step: RoutedStep) =>
    seatsIn({ steps: [step], fallback: [] }).some((seat) => leftOpen(seat, facts));
  const route = filledRoute({ ...wanted, steps: wanted.steps.filter((step) => !isOpen(step)) }, seated);
  if (!route) return null;
  const filled = [...route.steps];
  const steps = wanted.steps.map((step) => (isOpen(step) ? step : (filled.shift() ?? step)));
  const standing = { step: 0, done: false, people: [], audience: [], fellBack: false };
  const standIns = await readStandIns(
    ctx.db,
    seated.map(({ id }) => id),
    { requesterId: facts.requesterId ?? nobody, createdAt: null },
  );
  const among = { votes: [], seated, standIns, escalated: [] };
  return stepViews({ ...wanted, steps }, standing, among).map((view, at) => ({
    ...view,
    ways: view.ways.map((way, n) => {
      const open = steps[at]?.anyOf[n]?.seats.find((seat) => leftOpen(seat, facts));
      return open === undefined ? way : { ...way, people: [openWords(open)] };
    }),
  }));
}

/** Whether a seat is of a person or a table that was left open. */
function leftOpen(seat: string, { requesterId, tableId }: Facts): boolean {
  if (/^managers?(-manager)?-of:/.test(seat)) return requesterId === null;
  return seat.startsWith("table-owners:") && tableId === null;
}

const openWords = (seat: string) =>
  seat.startsWith("table-owners:") ? "whoever owns the table" : "whoever that is";
