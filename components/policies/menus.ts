import { classTitle, type Titles } from "./class-titles";
import { comparesOf, menuVariables, type Compare, type MenuType } from "./menu-words";

/** One line of the menus: a variable, how it is compared, and with what. All lines together are joined by "and". */
export type MenuRow = { variable: string; compare: Compare; values: readonly string[] };

/** The condition that the menus say, in CEL; no line at all is a rule that always matches. */
export function writeMenus(rows: readonly MenuRow[]): string {
  return rows.length === 0 ? "true" : rows.map(writeRow).join(" && ");
}

/** The lines that say the same as a condition in CEL; null where the menus cannot say it, and the text has to stay. */
export function readMenus(text: string): MenuRow[] | null {
  const tokens = tokensOf(text);
  if (!tokens) return null;
  if (tokens.length === 1 && tokens[0] === "true") return [];
  const rows = clausesOf(tokens).map(readClause);
  return rows.some((row) => row === null) ? null : (rows as MenuRow[]);
}

/** The variable whose values are data classes. */
export const classVariable = "fields.classes";

/** A line as people say it: "number of records is at most 5"; data classes by their titles. */
export function rowWords({ variable, compare, values: codes }: MenuRow, titles: Titles): string {
  const known = menuVariables[variable];
  if (!known) return variable;
  if (known.type === "bool") return compare === "no" ? (known.no ?? known.label) : known.label;
  const [, words] = comparesOf[known.type].find(([id]) => id === compare) ?? [];
  const values = variable === classVariable ? codes.map((code) => classTitle(code, titles)) : codes;
  const said =
    values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${values.at(-1)}` : (values[0] ?? "");
  return `${known.label} ${words ?? compare} ${compare === "exactly" ? values.join(", ") : said}`;
}

/** A line to begin with after a variable was chosen. */
export function freshRow(variable: string): MenuRow {
  const type = menuVariables[variable]?.type ?? "bool";
  const [first] = comparesOf[type];
  return { variable, compare: first?.[0] ?? "yes", values: type === "int" ? ["1"] : [] };
}

function writeRow({ variable, compare, values }: MenuRow): string {
  const [first = ""] = values;
  const literal = `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
  switch (compare) {
    case "yes":
      return variable;
    case "no":
      return `!${variable}`;
    case "is":
      return `${variable} == ${JSON.stringify(first)}`;
    case "is-not":
      return `${variable} != ${JSON.stringify(first)}`;
    case "one-of":
      return `${variable} in ${literal}`;
    case "none-of":
      return `!(${variable} in ${literal})`;
    case "has-any":
      return values.length === 1 ? `${JSON.stringify(first)} in ${variable}` : anyOf(variable, literal);
    case "has-none":
      return values.length === 1
        ? `!(${JSON.stringify(first)} in ${variable})`
        : `!${anyOf(variable, literal)}`;
    case "only":
      return `${variable}.all(c, c in ${literal})`;
    case "exactly":
      return `${variable} == ${literal}`;
    default:
      return `${variable} ${compare} ${first || "0"}`;
  }
}

const anyOf = (variable: string, literal: string) => `${variable}.exists(c, c in ${literal})`;

const token = /\s*("(?:[^"\\]|\\.)*"|\d+|[A-Za-z_][\w.]*|&&|[=!<>]=|[<>!()[\],])/y;

function tokensOf(text: string): string[] | null {
  const tokens: string[] = [];
  const rest = text.trimEnd();
  for (let at = 0; at < rest.length; at = token.lastIndex) {
    token.lastIndex = at;
    const [, found] = token.exec(rest) ?? [];
    if (found === undefined) return null;
    tokens.push(found);
  }
  return tokens;
}

function clausesOf(tokens: readonly string[]): string[][] {
  const clauses: string[][] = [[]];
  let depth = 0;
  for (const one of tokens) {
    if (one === "(" || one === "[") depth++;
    if (one === ")" || one === "]") depth--;
    if (one === "&&" && depth === 0) clauses.push([]);
    else clauses.at(-1)?.push(one);
  }
  return clauses;
}

function readClause(clause: readonly string[]): MenuRow | null {
  if (clause[0] !== "!") return readPlain(clause);
  const inner = clause.slice(1);
  const isBare = inner.length === 1 || inner[0]?.endsWith(".exists") === true;
  const isWrapped = inner[0] === "(" && inner.at(-1) === ")";
  if (!isBare && !isWrapped) return null;
  const row = readPlain(isWrapped ? inner.slice(1, -1) : inner);
  const opposite = row && opposites[row.compare];
  return opposite ? { ...row, compare: opposite } : null;
}

const opposites: Partial<Record<Compare, Compare>> = {
  yes: "no",
  "one-of": "none-of",
  "has-any": "has-none",
};

function readPlain(clause: readonly string[]): MenuRow | null {
  const [first = "", operator = "", ...rest] = clause;
  if (first.startsWith('"')) {
    const [variable = ""] = rest;
    return operator === "in" && rest.length === 1 ? rowOf(variable, "has-any", valuesOf([first])) : null;
  }
  if (clause.length === 1) return rowOf(first, "yes", []);
  if (operator === "(") return readSearch(first, rest);
  if (rest[0] === "[") {
    const compare = operator === "in" ? "one-of" : operator === "==" ? "exactly" : null;
    return compare && rowOf(first, compare, listOf(rest));
  }
  if (rest.length !== 1) return null;
  if (/^\d+$/.test(rest[0] ?? "")) return rowOf(first, operator as Compare, rest);
  const compare = operator === "==" ? "is" : operator === "!=" ? "is-not" : null;
  return compare && rowOf(first, compare, valuesOf(rest));
}

/** `fields.classes.exists(c, c in ["pan"])`, after its first parenthesis. */
function readSearch(called: string, [local, comma, again, isIn, ...rest]: readonly string[]): MenuRow | null {
  const [, variable = "", name] = /^(.+)\.(exists|all)$/.exec(called) ?? [];
  const sound = comma === "," && isIn === "in" && local === again && rest.at(-1) === ")";
  const isName = local !== undefined && /^[a-z]\w*$/.test(local);
  if (!sound || !isName) return null;
  return rowOf(variable, name === "all" ? "only" : "has-any", listOf(rest.slice(0, -1)));
}

function rowOf(variable: string, compare: Compare, values: readonly string[] | null): MenuRow | null {
  const type: MenuType | undefined = Object.hasOwn(menuVariables, variable)
    ? menuVariables[variable]?.type
    : undefined;
  if (!type || !values || !comparesOf[type].some(([id]) => id === compare)) return null;
  return { variable, compare, values };
}

function listOf(tokens: readonly string[]): string[] | null {
  if (tokens[0] !== "[" || tokens.at(-1) !== "]") return null;
  const inner = tokens.slice(1, -1);
  const wellMade = inner.every((one, at) => (at % 2 === 0 ? one.startsWith('"') : one === ","));
  return wellMade && inner.length % 2 === 1 ? valuesOf(inner.filter((one) => one !== ",")) : null;
}

/** The words of literals; null where a field of words between commas could not hold them. */
function valuesOf(literals: readonly string[]): string[] | null {
  try {
    const values = literals.map((literal) => String(JSON.parse(literal)));
    return values.every((value) => value !== "" && value === value.trim() && !value.includes(","))
      ? values
      : null;
  } catch {
    return null;
  }
}
