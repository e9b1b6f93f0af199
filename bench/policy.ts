import postgres from "postgres";
import { ask } from "./many-requests";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { compilePolicy, type CompiledPolicy } from "@/lib/policies/compile-policy";
import { defaultPolicy, defaultPolicyVersion } from "@/lib/policies/default-policy";
import { policySchema } from "@/lib/policies/policy";
import { Replay } from "@/lib/policies/replay";
import { ruleOn } from "@/lib/policies/ruling";
import type { RequestSignals } from "@/lib/policies/signals";
import { replayPolicy } from "@/lib/requests/replay-policy";

const PAST = 100_000;

/** How long a decision takes when none of 200 rules matches, and the replay of a past of 100,000 requests. */
export async function measurePolicy(stack: BenchStack): Promise<Row[]> {
  const [many, few] = [policyOf(200), policyOf(20)];
  const asked = signalsOf(7);
  const decideBy = (compiled: CompiledPolicy) => async () => {
    if (ruleOn(compiled, asked).rule !== null) throw new Error("A rule has matched.");
  };
  const decided = await timeSideBySide(
    { many: decideBy(many), few: decideBy(few) },
    { rounds: 300, warmUp: 50 },
  );
  return [
    row("policy.decide_200_rules_ms", "ms", decided.many, decided.few, 300),
    await measureReplay(stack),
  ];
}

/** As the page does it: every request of the past is read from the database; beside it, what asking the rules takes. */
async function measureReplay(stack: BenchStack): Promise<Row> {
  const { ctx } = await stack.signIn("Pia");
  const owner = postgres(stack.ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await fillPast(owner, await ask(stack, "Ana"));
    const compiled = compiledOf(defaultPolicy);
    const page = async () => {
      const { requests } = await replayPolicy(ctx, { number: defaultPolicyVersion });
      if (requests < PAST) throw new Error(`${requests} requests were replayed.`);
    };
    const times = await timeSideBySide({ page, rules: () => replay(compiled) }, { rounds: 3, warmUp: 1 });
    return row("policy.replay_100k_s", "s", times.page / 1000, times.rules / 1000, 3);
  } finally {
    await owner`DELETE FROM requests WHERE NOT EXISTS (
      SELECT FROM audit_events e WHERE e.request_id = requests.id)`;
    await owner.end();
  }
}

/** Makes 100,000 of one request, with signals as different as those of a year. */
async function fillPast(owner: postgres.Sql, id: string): Promise<void> {
  for (let from = 0; from < PAST; from += 5_000) {
    const signals = Array.from({ length: 5_000 }, (_, at) => JSON.stringify(signalsOf(from + at)));
    await owner`
      INSERT INTO requests (requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds,
        risk, risk_points, policy_version, rule, eligible_ids, signals, ruling, route, channel, content_hash, state,
        created_at, expires_at, decided_at)
      SELECT requester_id, requester_roles, source_id, table_id, ARRAY['record-' || i % 5000], fields, purpose, reason,
        view_seconds, risk, risk_points, policy_version, rule, eligible_ids, s.signals::jsonb, ruling, route, channel,
        content_hash, 'withdrawn', created_at, expires_at, created_at + i % 900 * interval '1 second'
      FROM requests, unnest(${signals}::text[]) WITH ORDINALITY AS s (signals, i) WHERE id = ${id}`;
  }
  await owner`ANALYZE requests`;
}

function policyOf(count: number): CompiledPolicy {
  const rules = Array.from({ length: count }, (_, at) => ({
    name: `rule ${at}`,
    when: `request.records > ${1000 + at} && request.ticket || table.name == "table_${at}" && risk.grade == "low" || "group-${at}" in requester.groups`,
    outcome: { kind: "auto" },
  }));
  return compiledOf(policySchema.parse({ ...defaultPolicy, rules, scenarios: [] }));
}

function compiledOf(policy: Parameters<typeof compilePolicy>[0]): CompiledPolicy {
  const compiled = compilePolicy(policy);
  if (!compiled.ok) throw new Error(compiled.problems[0]?.words);
  return compiled.compiled;
}

async function replay(compiled: CompiledPolicy): Promise<void> {
  const past = new Replay(compiled);
  for (let at = 0; at < PAST; at++) {
    past.add({
      number: at + 1,
      requesterId: `person-${at % 300}`,
      tableId: `table-${at % 12}`,
      records: [`record-${at % 5000}`],
      signals: signalsOf(at),
      was: { kind: "review", people: 1 },
      waitedSeconds: at % 900,
    });
  }
  if (past.result().requests !== PAST) throw new Error("Some were left out.");
}

const classes = ["email", "phone", "pan", "diagnosis", "free_text"] as const;

function signalsOf(at: number): RequestSignals {
  return {
    purpose: at % 3 === 0 ? "incident" : "customer-contact",
    ticket: at % 4 !== 0,
    records: 1 + (at % 30),
    allMatching: false,
    viewSeconds: 300,
    breakGlass: false,
    channel: "console",
    fields: Array.from({ length: 1 + (at % 3) }, (_, field) => ({
      name: `column_${field}`,
      class: classes[(at + field) % classes.length] ?? "email",
      sensitivity: 1 + ((at + field) % 4),
      level: at % 2 === 0 ? "full" : "partial",
    })),
    requester: { roles: ["agent"], groups: at % 2 === 0 ? ["support"] : [] },
    table: { source: "marigold", schema: "public", name: "customers" },
    firstOnTable: at % 5 === 0,
    newDevice: at % 9 === 0,
    subjectsSeen: at % 200,
    denials: at % 4,
    signedInMinutes: at % 60,
    hour: at % 24,
    weekday: 1 + (at % 7),
  };
}
