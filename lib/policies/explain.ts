import { serialize, type ASTNode } from "@marcbachmann/cel-js";
import { celEnvironment, type Bindings } from "@/lib/policies/environment";
import type { ConditionPart } from "@/lib/policies/view";

const joins: Readonly<Record<string, ConditionPart["kind"]>> = {
  "&&": "all",
  "||": "any",
  "!_": "not",
  "?:": "choice",
};

/**
 * Takes a condition apart and says of each part whether it holds for one request, and what it looked at. Give it only
 * what `compileCondition` has accepted. A part that reads a missing signal is missing, as the whole rule is then.
 */
export function explainCondition(text: string, bindings: Bindings): ConditionPart {
  return partOf(celEnvironment.parse(text).ast, bindings);
}

function partOf(node: ASTNode, bindings: Bindings): ConditionPart {
  const kind = joins[node.op] ?? "one";
  const text = serialize(node);
  const reads = [...new Set(readsOf(node))];
  return {
    kind,
    text,
    answer: answerOf(text, reads, bindings),
    saw: kind === "one" ? reads.map((name) => ({ name, value: valueOf(name, bindings) })) : [],
    parts: kind === "one" ? [] : operands(node).map((part) => partOf(part, bindings)),
  };
}

function answerOf(text: string, reads: readonly string[], { values, missing }: Bindings) {
  if (reads.some((name) => missing.has(name))) return "missing";
  try {
    const answer: unknown = celEnvironment.parse(text)(values);
    return answer === true ? "yes" : answer === false ? "no" : "error";
  } catch {
    return "error";
  }
}

/** The parts that are joined: of `a && b && c` three, not two of two. */
function operands(node: ASTNode): ASTNode[] {
  return childrenOf(node).flatMap((part) =>
    part.op === node.op && (node.op === "&&" || node.op === "||") ? operands(part) : [part],
  );
}

function readsOf(node: ASTNode): string[] {
  if (node.op === "." && node.args[0].op === "id") return [`${node.args[0].args}.${node.args[1]}`];
  return childrenOf(node).flatMap(readsOf);
}

function childrenOf(node: ASTNode): ASTNode[] {
  const all: readonly unknown[] = Array.isArray(node.args) ? node.args.flat() : [node.args];
  return all.filter((one): one is ASTNode => typeof one === "object" && one !== null && "op" in one);
}

function valueOf(name: string, { values, missing }: Bindings): string | null {
  if (missing.has(name)) return null;
  const [object = "", field = ""] = name.split(".");
  const value = values[object]?.[field];
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value ?? "");
}
