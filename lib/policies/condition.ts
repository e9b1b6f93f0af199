import type { ASTNode } from "@marcbachmann/cel-js";
import { celEnvironment, limits, variables, type Bindings } from "@/lib/policies/environment";

/** What is wrong with a condition, and where: characters counted from 0, the end excluded. */
export type ConditionProblem = { words: string; from: number; to: number };

/** A condition that passed: the variables it reads, and how to ask it. */
export type Condition = {
  reads: readonly string[];
  /** Comparisons that it makes at the worst. */
  work: number;
  /** Throws where the expression does; never for a signal that is missing if `reads` was looked at before. */
  test: (bindings: Bindings) => boolean;
};

export type CompiledCondition = { ok: true; condition: Condition } | { ok: false; problem: ConditionProblem };

class Unsound extends Error {
  readonly node: ASTNode;
  constructor(words: string, node: ASTNode) {
    super(words);
    this.node = node;
  }
}

/**
 * Checks a CEL condition and makes it ready to be asked. Names, types, size, depth, the functions used and the work
 * it could make at the worst are all bounded here, so that asking it is quick whoever wrote it.
 */
export function compileCondition(text: string): CompiledCondition {
  if (text.length > limits.characters)
    return no(`A condition has at most ${limits.characters} characters.`, limits.characters, text.length);
  const checked = celEnvironment.check(text);
  if (!checked.valid) {
    const { summary = "This is not a condition.", range } = checked.error ?? {};
    return no(`${summary}.`, range?.start ?? 0, range?.end ?? text.length);
  }
  if (checked.type !== "bool")
    return no(`This is ${checked.type ?? "something else"}, not true or false.`, 0, text.length);
  const parsed = celEnvironment.parse(text);
  try {
    const survey = new Survey();
    const work = survey.of(parsed.ast);
    if (work > limits.work) throw new Unsound("This could take too long.", parsed.ast);
    const test = ({ values }: Bindings) => {
      const answer: unknown = parsed(values);
      if (typeof answer !== "boolean") throw new Error("The condition was neither true nor false.");
      return answer;
    };
    return { ok: true, condition: { reads: [...survey.reads], work, test } };
  } catch (error) {
    if (!(error instanceof Unsound)) throw error;
    return no(error.message, error.node.start, error.node.end);
  }
}

const no = (words: string, from: number, to: number): CompiledCondition => ({
  ok: false,
  problem: { words, from, to },
});

const plainOperators = new Set([
  "==",
  "!=",
  "<",
  "<=",
  ">",
  ">=",
  "in",
  "&&",
  "||",
  "?:",
  "!_",
  "-_",
  "list",
]);
const methods = new Set(["startsWith", "endsWith", "contains", "size"]);
const overLists = new Set(["exists", "all", "exists_one"]);
const objects = new Set(Object.keys(variables).map((name) => name.split(".")[0]));

/**
 * Walks a condition and allows only what it knows: no regular expressions, no values made along the way, no names put
 * together. Counts the work at the worst: a list has at most as many elements as a request or a literal may have.
 */
class Survey {
  readonly reads = new Set<string>();
  readonly #local: string[] = [];

  of(node: ASTNode): number {
    switch (node.op) {
      case "value":
        return 1;
      case "id":
        if (!this.#local.includes(node.args)) throw new Unsound("Name one of its parts.", node);
        return 1;
      case ".":
        return this.#variable(node, node.args[0], node.args[1]);
      case "call":
        if (node.args[0] !== "size") throw new Unsound(`${node.args[0]}() is not used in conditions.`, node);
        return this.#sum(node.args[1]);
      case "rcall":
        return this.#method(node, ...node.args);
      default:
        if (!plainOperators.has(node.op)) throw new Unsound(`“${node.op}” is not used in conditions.`, node);
        return this.#sum(operandsOf(node)) + (isSearch(node) ? limits.listElements : 0);
    }
  }

  #sum(nodes: readonly ASTNode[]): number {
    return nodes.reduce((work, one) => work + this.of(one), 1);
  }

  #variable(node: ASTNode, object: ASTNode, field: string): number {
    if (object.op !== "id" || this.#local.includes(object.args))
      throw new Unsound("Only the parts of a request have names.", node);
    const name = `${object.args}.${field}`;
    if (!Object.hasOwn(variables, name)) throw new Unsound(`There is no ${name}.`, node);
    this.reads.add(name);
    return 1;
  }

  #method(node: ASTNode, name: string, on: ASTNode, given: readonly ASTNode[]): number {
    if (methods.has(name)) return this.of(on) + this.#sum(given);
    const [variable, body] = given;
    if (!overLists.has(name) || variable?.op !== "id" || !body)
      throw new Unsound(`${name}() is not used in conditions.`, node);
    if (objects.has(variable.args) || this.#local.includes(variable.args))
      throw new Unsound(`${variable.args} has another meaning here.`, variable);
    const elements = on.op === "list" ? on.args.length : limits.listElements;
    const first = this.of(on);
    this.#local.push(variable.args);
    const each = this.of(body);
    this.#local.pop();
    return first + elements * each;
  }
}

/** Whether a list of the request is searched; of a literal, each element has counted already. */
const isSearch = (node: ASTNode) => node.op === "in" && node.args[1].op !== "list";

function operandsOf(node: ASTNode): ASTNode[] {
  const all: readonly unknown[] = Array.isArray(node.args) ? node.args : [node.args];
  return all as ASTNode[];
}
