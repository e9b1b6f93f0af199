import "server-only";
import { desc, eq, inArray, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { people } from "@/lib/db/schema/people";
import { policyVersions } from "@/lib/db/schema/policies";
import { compilePolicy } from "@/lib/policies/compile-policy";
import { defaultPolicy, defaultPolicyVersion } from "@/lib/policies/default-policy";
import { idleRules } from "@/lib/policies/reach";
import { locksOut } from "@/lib/policies/read-lock-out";
import { emptySteps } from "@/lib/policies/read-empty-steps";
import { policySchema, type Policy } from "@/lib/policies/policy";
import { runScenarios } from "@/lib/policies/scenario";
import type { DraftChoice, PolicyLine, PolicyVersionView, ScenarioLine } from "@/lib/policies/view";
import { Refusal, refusalWords } from "@/lib/refusal";

const MOST_VERSIONS = 500;

/** Every version of the policy, newest first, the built-in one last. */
export async function listPolicies(ctx: Context): Promise<PolicyLine[]> {
  requirePermission(ctx, "policies");
  const activator = alias(people, "activator");
  const rows = await ctx.db
    .select({ ...lineColumns, activatedBy: activator.name })
    .from(policyVersions)
    .leftJoin(activator, eq(activator.id, policyVersions.activatedBy))
    .orderBy(desc(policyVersions.number))
    .limit(MOST_VERSIONS);
  return [...rows.map(lineOf), builtIn];
}

/** The drafts that a scenario can be kept in, newest first. */
export async function readDraftChoices(ctx: Context): Promise<DraftChoice[]> {
  requirePermission(ctx, "policies");
  return ctx.db
    .select({ number: policyVersions.number, version: policyVersions.version, note: policyVersions.note })
    .from(policyVersions)
    .where(inArray(policyVersions.state, ["draft", "tested"]))
    .orderBy(desc(policyVersions.number))
    .limit(MOST_VERSIONS);
}

/** The version that counts: the active one, or the built-in one until there is one. */
export function activeNumberOf(lines: readonly PolicyLine[]): number {
  return lines.find((line) => line.state === "active")?.number ?? defaultPolicyVersion;
}

/** One version with its document, and what whoever reads it may do with it. */
export async function readPolicyVersion(ctx: Context, number: number): Promise<PolicyVersionView> {
  requirePermission(ctx, "policies");
  const closed = refusalWords("policy-not-a-draft").what;
  const whyNever = { change: closed, test: closed, activate: closed };
  if (number === defaultPolicyVersion)
    return {
      ...builtIn,
      version: 1,
      policy: defaultPolicy,
      scenarios: scenariosOf(defaultPolicy),
      warnings: warningsOf(defaultPolicy, await emptySteps(ctx.db, defaultPolicy)),
      whyNot: whyNever,
    };
  const activator = alias(people, "activator");
  const [row] = await ctx.db
    .select({
      ...lineColumns,
      activatedBy: activator.name,
      document: policyVersions.document,
      editorIds: policyVersions.editorIds,
      version: policyVersions.version,
    })
    .from(policyVersions)
    .leftJoin(activator, eq(activator.id, policyVersions.activatedBy))
    .where(eq(policyVersions.number, number));
  if (!row) throw new Refusal("not-found");
  const isDraft = row.state === "draft" || row.state === "tested";
  const empty = await emptySteps(ctx.db, row.document);
  const activate = isDraft ? await whyNotActivate(ctx, row, empty) : null;
  return {
    ...lineOf(row),
    version: row.version,
    policy: withDefaults(row.document),
    scenarios: scenariosOf(row.document),
    warnings: warningsOf(row.document, empty),
    whyNot: isDraft ? { change: null, test: null, activate } : whyNever,
  };
}

/** A document of before a term was there has the default of that term, as it has when it decides. */
function withDefaults(document: Policy): Policy {
  const parsed = policySchema.safeParse(document);
  return parsed.success ? parsed.data : document;
}

function scenariosOf(policy: Policy): ScenarioLine[] {
  const compiled = compilePolicy(policy);
  return compiled.ok ? runScenarios(compiled.compiled) : [];
}

/** What stands in the way of activation, in the order in which the deed asks; null where nothing does. */
async function whyNotActivate(
  ctx: Context,
  {
    state,
    editorIds,
    document,
  }: Pick<typeof policyVersions.$inferSelect, "state" | "editorIds" | "document">,
  empty: Readonly<Record<string, string>>,
): Promise<string | null> {
  if (editorIds.includes(ctx.actor.personId)) return refusalWords("policy-own").what;
  if (state !== "tested") return refusalWords("policy-untested").what;
  const compiled = compilePolicy(document);
  if (compiled.ok && (await locksOut(ctx.db, compiled.compiled)))
    return refusalWords("policy-locks-out").what;
  return Object.keys(empty).length > 0 ? refusalWords("step-empty").what : null;
}

/** Steps that nobody could fill now, by their rule, and rules that can never decide. */
function warningsOf(policy: Policy, empty: Readonly<Record<string, string>>): string[] {
  const compiled = compilePolicy(policy);
  return [
    ...Object.entries(empty).map(([field, words]) => `${placeOf(policy, field)}: ${words}`),
    ...(compiled.ok ? idleRules(compiled.compiled) : []),
  ];
}

function placeOf({ rules }: Policy, field: string): string {
  const at = Number(/^rules\.(\d+)\./.exec(field)?.[1] ?? Number.NaN);
  return Number.isNaN(at) ? "Who steps in" : `Rule ${at + 1}, “${rules[at]?.name ?? ""}”`;
}

const lineColumns = {
  number: policyVersions.number,
  state: policyVersions.state,
  note: policyVersions.note,
  editors: sql<
    string[]
  >`ARRAY(SELECT p.name FROM people p WHERE p.id = ANY (${policyVersions.editorIds}) ORDER BY p.name)`,
  basedOn: policyVersions.basedOn,
  changedAt: policyVersions.changedAt,
  activatedAt: policyVersions.activatedAt,
};

type Row = Omit<PolicyLine, "changedAt" | "activatedAt"> & { changedAt: Date; activatedAt: Date | null };

function lineOf({ number, state, note, editors, basedOn, activatedBy, ...at }: Row): PolicyLine {
  return {
    ...{ number, state, note, editors, basedOn, activatedBy },
    changedAt: at.changedAt.toISOString(),
    activatedAt: at.activatedAt?.toISOString() ?? null,
  };
}

const builtIn: PolicyLine = {
  number: defaultPolicyVersion,
  state: "built-in",
  note: "What decides until another policy is activated.",
  editors: [],
  basedOn: null,
  changedAt: null,
  activatedBy: null,
  activatedAt: null,
};
