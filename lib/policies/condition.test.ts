import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { someSignals, signalsArbitrary } from "@/lib/testing/policies";
import { compileCondition } from "./condition";
import { bindingsOf, variables } from "./environment";
import { assessRisk, defaultWeights } from "./risk";

const seen = (signals = someSignals()) =>
  bindingsOf({ signals, risk: assessRisk(signals), weights: defaultWeights });
const ask = (text: string, signals = someSignals()) => {
  const compiled = compileCondition(text);
  if (!compiled.ok) throw new Error(compiled.problem.words);
  return compiled.condition.test(seen(signals));
};

describe("a condition is refused, with the place of what is wrong", () => {
  test.each<[string, string, string]>([
    ["a name that there is not", "request.recrods > 1", "recrods"],
    ["an object that there is not", "requst.records > 1", "requst"],
    ["types that do not meet", `request.records == "1"`, `request.records == "1"`],
    ["a number in place of a yes or no", "request.records", "request.records"],
    ["an end that is missing", "request.ticket &&", ""],
    ["a regular expression", `request.purpose.matches("(a+)+$")`, `request.purpose.matches("(a+)+$")`],
    ["a value made along the way", `fields.names.map(n, n + n).size() > 1`, ""],
    ["text put together", `request.purpose + "x" == "x"`, `request.purpose + "x"`],
    ["a name put together", `request["pur" + "pose"] == "x"`, `request["pur" + "pose"]`],
    ["an object by itself", "request == request", "request"],
    ["a variable that hides another", "fields.names.exists(request, request == request)", "request"],
    ["a way around types", "dyn(request.records) == 1", "dyn(request.records)"],
    ["a question whether a signal is there", "has(history.first_time)", "has(history.first_time)"],
  ])("%s", (_, text, place) => {
    const compiled = compileCondition(text);
    expect(compiled.ok).toBe(false);
    if (compiled.ok) return;
    const { from, to, words } = compiled.problem;
    expect(words).not.toBe("");
    expect(from).toBeLessThanOrEqual(to);
    expect(text.slice(from, to)).toContain(place);
  });
});

describe("hostile conditions are refused before they are run, and quickly", () => {
  const nested = (depth: number): string =>
    depth === 0 ? "true" : `fields.names.all(v${depth}, ${nested(depth - 1)})`;
  test.each<[string, string]>([
    ["deep brackets", `${"(".repeat(900)}true${")".repeat(900)}`],
    ["a deep chain of noes", `${"!".repeat(1500)}true`],
    ["a long chain", Array.from({ length: 260 }, () => "true").join("||")],
    ["a huge list", `1 in [${Array.from({ length: 500 }, () => 1).join(",")}]`],
    ["a long text", `request.purpose == "${"x".repeat(5000)}"`],
    ["lists in lists in lists", nested(3)],
    ["many lists in lists", Array.from({ length: 9 }, () => nested(2)).join(" && ")],
    ["chains of choices", `${"true ? true : ".repeat(120)}true`],
    ["brackets of lists", `${"[".repeat(900)}1${"]".repeat(900)} == []`],
    ["minus after minus", `${"-".repeat(1900)}1 > 0`],
    ["indices after indices", `fields${"[0]".repeat(600)} == 1`],
    ["names after names", `request${".a".repeat(900)}`],
    ["calls in calls", `${"size(".repeat(300)}fields.names${")".repeat(300)} > 0`],
    [
      "long literals in long literals",
      `[${Array(90).fill(1).join()}].exists(a, [${Array(90).fill(2).join()}].exists(b, a == b))`,
    ],
    ["a regular expression that goes back and forth", `fields.names.exists(n, n.matches("(a|aa)+$"))`],
    ["maps", `{"a": 1}.a == 1`],
    ["a text that does not end", `request.purpose == "${"x".repeat(1800)}`],
    ["what is beneath objects", `request.__proto__ == request.constructor`],
    ["a million characters", "true || ".repeat(125_000)],
  ])("%s", (_, text) => {
    const startedAt = performance.now();
    expect(compileCondition(text).ok).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(500);
  });

  test("what is accepted is asked quickly at its bounds: long texts against long lists", () => {
    const names = Array.from({ length: 100 }, (_, at) => ({
      ...{ name: `${"x".repeat(116)}${at}`, class: "email", sensitivity: 2, level: "full" as const },
    }));
    const signals = someSignals({ fields: names, requester: { roles: ["agent"], groups: [] } });
    const text = `fields.names.all(n, n.contains("${"x".repeat(115)}y") || n.endsWith("${"x".repeat(100)}z"))`;
    const heapBefore = process.memoryUsage().heapUsed;
    const startedAt = performance.now();
    expect(ask(text, signals)).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(50_000_000);
  });

  test("whatever is typed is answered, never thrown", () => {
    const piece = fc.constantFrom(
      ..."()[]{}.,?:!&|=<>+-*/%'\"\\ \n09axn_".split(""),
      ...[
        "request",
        ".records",
        "fields.classes",
        ".exists(",
        "c, ",
        "in",
        "true",
        "null",
        "b'",
        "r'",
        "0x",
        "1u",
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        const compiled = compileCondition(text);
        expect(typeof compiled.ok).toBe("boolean");
      }),
      { numRuns: 1000 },
    );
  });
});

test("every variable can be asked, has the type it says, and reads what it names", () => {
  const literal = { string: `== "x"`, bool: "== true", int: "> 1", "list<string>": `.exists(v, v == "x")` };
  for (const [name, { type }] of Object.entries(variables)) {
    const compiled = compileCondition(
      type === "list<string>" ? `${name}${literal[type]}` : `${name} ${literal[type]}`,
    );
    expect(compiled, name).toMatchObject({ ok: true, condition: { reads: [name] } });
    if (compiled.ok)
      fc.assert(
        fc.property(signalsArbitrary, (given) => typeof compiled.condition.test(seen(given)) === "boolean"),
      );
  }
});

test("conditions say what they seem to say", () => {
  expect(ask(`request.records <= 5 && request.ticket`)).toBe(true);
  expect(ask(`request.records <= 5 && request.ticket`, someSignals({ records: 6 }))).toBe(false);
  expect(ask(`fields.classes.all(c, c in ["email", "phone"])`)).toBe(true);
  expect(ask(`fields.groups == ["contact"]`)).toBe(true);
  expect(ask(`"support" in requester.groups`)).toBe(false);
  expect(ask(`risk.grade == "low" && !time.out_of_hours`)).toBe(true);
  expect(ask(`time.out_of_hours`, someSignals({ hour: 3 }))).toBe(true);
});

test("a signal that is missing has no value and is named", () => {
  const { missing, values } = seen(someSignals({ denials: null, hour: null }));
  expect([...missing]).toEqual(["history.denials_30d", "time.hour", "time.out_of_hours"]);
  expect(Object.keys(values["time"] ?? {})).toEqual(["weekday"]);
});
