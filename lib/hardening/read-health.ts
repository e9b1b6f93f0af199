import "server-only";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { listSources } from "@/lib/catalog/list-reviews";
import { readConnection } from "@/lib/catalog/open-source";
import type { SourceCard } from "@/lib/catalog/view";
import { judgeMasked } from "@/lib/hardening/findings";
import { holesOf, isUnsupported } from "@/lib/hardening/known-holes";
import { readHardening } from "@/lib/hardening/read-hardening";
import type { Finding, HealthView } from "@/lib/hardening/view";
import { Refusal, refusalWords } from "@/lib/refusal";
import { SourceFailure } from "@/lib/source/failure";
import { type HardeningFacts, inspectHardening } from "@/lib/source/inspect-hardening";

/** How every source stands at this moment, asked of each: who masks it, and what is wrong with it. */
export async function readHealth(ctx: Context): Promise<HealthView[]> {
  requirePermission(ctx, "catalog");
  const sources = await listSources(ctx);
  return Promise.all(sources.map((source) => healthOf(ctx, source)));
}

async function healthOf(ctx: Context, source: SourceCard): Promise<HealthView> {
  const { name, slug, hardened, scannedAt } = source;
  const known = { name, slug, hardened, scannedAt, changedColumns: source.counts.changed };
  try {
    const { connection } = await readConnection(ctx.db, source.id);
    const facts = await inspectHardening(connection);
    const findings = [...(hardened ? await judgeViewsOf(ctx, source.id, facts) : []), ...judgeServer(facts)];
    return { ...known, reachable: true, version: versionOf(facts.role.version), findings };
  } catch (error) {
    if (!(error instanceof SourceFailure) && !(error instanceof Refusal)) throw error;
    return { ...known, reachable: false, version: "", findings: [{ ok: false, words: wordsOf(error) }] };
  }
}

const wordsOf = (error: SourceFailure | Refusal) =>
  error instanceof Refusal ? refusalWords(error.code).what : error.message;

async function judgeViewsOf(ctx: Context, sourceId: string, facts: HardeningFacts): Promise<Finding[]> {
  const { expected } = await readHardening(ctx.db, sourceId, "dots");
  return judgeMasked(facts, expected);
}

function judgeServer({ role }: HardeningFacts): Finding[] {
  const holes = holesOf(role.version).map(({ cve, says }) => ({ ok: false, words: `${cve}: ${says}` }));
  const old = isUnsupported(role.version)
    ? [{ ok: false, words: "This major version gets no security fixes any more." }]
    : [];
  const none = { ok: true, words: "No known hole of this version tells what stands behind a view." };
  return [...(holes.length === 0 ? [none] : holes), ...old];
}

/** `160004` as people write it: `16.4`. */
const versionOf = (number: number) => `${Math.floor(number / 10_000)}.${number % 10_000}`;
