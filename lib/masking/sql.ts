/** What may be bound to a statement; everything else is the caller's to turn into one of these. */
export type SqlParam = string | number | boolean | null | Buffer | readonly string[];

/** A statement and the values of its `$1…$n`, in order. */
export type SqlFragment = {
  readonly text: string;
  readonly params: readonly SqlParam[];
  /** Whether it reads a view of a hardened source: what is missing there is missing in the view. */
  readonly readsView?: boolean;
};

/** The types a parameter may be bound as, `inferred` as what it is compared with; a closed list, so that no type name comes from outside. */
export type SqlParamType =
  | "inferred"
  | "text"
  | "text[]"
  | "name[]"
  | "bytea"
  | "int4"
  | "int8"
  | "numeric"
  | "boolean";

/** Quotes a name for SQL; refuses what PostgreSQL cannot hold as a name. */
export function quoteIdentifier(name: string): string {
  if (name === "" || name.includes("\0")) throw new RangeError("Not a name PostgreSQL can hold.");
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a table or type with its schema. */
export function quoteQualified(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** Collects the parameters of one statement: the only place where `$n` is numbered. */
export class SqlSink {
  readonly #params: SqlParam[] = [];
  readonly #known = new Map<SqlParam, Map<SqlParamType, string>>();
  #readsView = false;

  /** Binds a value and returns its typed placeholder, such as `$3::text`; the same value is bound once. */
  bind(value: SqlParam, type: SqlParamType): string {
    // What it is compared with decides its type: in two places that may be two.
    const known = type === "inferred" ? undefined : this.#known.get(value)?.get(type);
    if (known !== undefined) return known;
    this.#params.push(value);
    const placeholder = `$${this.#params.length}${type === "inferred" ? "" : `::${type}`}`;
    const byType = this.#known.get(value) ?? new Map<SqlParamType, string>();
    this.#known.set(value, byType.set(type, placeholder));
    return placeholder;
  }

  /** Says that the statement reads a view of a hardened source. */
  readsView(): void {
    this.#readsView = true;
  }

  /** Closes the statement: its text with the values bound so far. */
  statement(text: string): SqlFragment {
    return { text, params: [...this.#params], ...(this.#readsView && { readsView: true }) };
  }
}

/**
 * The alias of the one table of a page. Columns are named without it on purpose: `t.x` would call a function
 * x(t) once column x is gone, and a bare name that is no column can only mean a table of that alias.
 */
export const rowAlias = "glimpse row";

/** Names inside the expressions of masks: a column of that name would mean a part of the expression there. */
export const innerNames = {
  text: "glimpse text",
  hash: "glimpse hash",
  value: "glimpse value",
  element: "glimpse element",
} as const;

const refused: ReadonlySet<string> = new Set([rowAlias, ...Object.values(innerNames)]);

/** A column as an expression; refuses the few names that would mean the whole row or a part of a mask. */
export function quoteColumn(name: string): string {
  if (refused.has(name)) throw new RangeError("No column may be called as the row is.");
  return quoteIdentifier(name);
}

/** The FROM item of a page. */
export function quoteTable(schema: string, table: string): string {
  return `${quoteQualified(schema, table)} AS ${quoteIdentifier(rowAlias)}`;
}

/** A parameter as a value of a base type; only those of PostgreSQL itself may be named by whoever reads views alone. */
export function bindAs(base: { schema: string; name: string }, text: string | null, sink: SqlSink): string {
  if (base.schema !== "pg_catalog") return sink.bind(text, "inferred");
  return `${sink.bind(text, "text")}::${quoteQualified(base.schema, base.name)}`;
}

/** A column as text that patterns may look at: some collations refuse them, and "C" means the same everywhere. */
export function comparableText(column: string): string {
  return `(${column}::text COLLATE "C")`;
}
