/** What may be bound to a statement; everything else is the caller's to turn into one of these. */
export type SqlParam = string | number | boolean | null | Buffer | readonly string[];

/** A statement and the values of its `$1…$n`, in order. */
export type SqlFragment = { readonly text: string; readonly params: readonly SqlParam[] };

/** The types a parameter may be bound as; a closed list, so that no type name comes from outside. */
export type SqlParamType = "text" | "text[]" | "bytea" | "int4" | "int8" | "numeric" | "boolean";

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

  /** Binds a value and returns its typed placeholder, such as `$3::text`; the same value is bound once. */
  bind(value: SqlParam, type: SqlParamType): string {
    const known = this.#known.get(value)?.get(type);
    if (known !== undefined) return known;
    this.#params.push(value);
    const placeholder = `$${this.#params.length}::${type}`;
    const byType = this.#known.get(value) ?? new Map<SqlParamType, string>();
    this.#known.set(value, byType.set(type, placeholder));
    return placeholder;
  }

  /** Closes the statement: its text with the values bound so far. */
  statement(text: string): SqlFragment {
    return { text, params: [...this.#params] };
  }
}
