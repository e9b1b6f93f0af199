import "server-only";
import { desc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { people } from "@/lib/db/schema/people";
import { policyVersions } from "@/lib/db/schema/policies";
import { defaultPolicy, defaultPolicyVersion } from "@/lib/policies/default-policy";
import type { PolicyLine, PolicyVersionView } from "@/lib/policies/view";
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

/** One version with its document, and what whoever reads it may do with it. */
export async function readPolicyVersion(ctx: Context, number: number): Promise<PolicyVersionView> {
  requirePermission(ctx, "policies");
  const closed = refusalWords("policy-not-a-draft").what;
  const whyNever = { change: closed, test: closed, activate: closed };
  if (number === defaultPolicyVersion)
    return { ...builtIn, version: 1, policy: defaultPolicy, whyNot: whyNever };
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
  const own = row.editorIds.includes(ctx.actor.personId);
  const activate = own ? "policy-own" : row.state === "tested" ? null : "policy-untested";
  return {
    ...lineOf(row),
    version: row.version,
    policy: row.document,
    whyNot: isDraft
      ? { change: null, test: null, activate: activate && refusalWords(activate).what }
      : whyNever,
  };
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
