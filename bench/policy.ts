import { compilePolicy, type CompiledPolicy } from "@/lib/policies/compile-policy";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { policySchema } from "@/lib/policies/policy";
import { Replay } from "@/lib/policies/replay";
import { ruleOn } from "@/lib/policies/ruling";
import type { RequestSignals } from "@/lib/policies/signals";
import { row, timeSideBySide, type Row } from "./measure";

const PAST = 100_000;

/** How long a decision takes when none of 200 rules matches, and the replay of a past of 100,000 requests. */
export async function measurePolicy(): Promise<Row[]> {
  const [many, few] = [policyOf(200), policyOf(20)];
  const asked = signalsOf(7);
  const decideBy = (compiled: CompiledPolicy) => async () => {
    if (ruleOn(compiled, asked).rule !== null) throw new Error("A rule has matched.");
  };
  const decided = await timeSideBySide(
    { many: decideBy(many), few: decideBy(few) },
    { rounds: 300, warmUp: 50 },
  );
  const compiled = compiledOf(defaultPolicy);
  const replayed = await timeSideBySide(
    { all: () => replay(compiled, PAST), tenth: () => replay(compiled, PAST / 10) },
    { rounds: 3, warmUp: 0 },
  );
  return [
    row("policy.decide_200_rules_ms", "ms", decided.many, decided.few, 300),
    row("policy.replay_100k_s", "s", replayed.all / 1000, replayed.tenth / 1000, 3),
  ];
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

async function replay(compiled: CompiledPolicy, count: number): Promise<void> {
  const past = new Replay(compiled);
  for (let at = 0; at < count; at++) {
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
  if (past.result().requests !== count) throw new Error("Some were left out.");
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
