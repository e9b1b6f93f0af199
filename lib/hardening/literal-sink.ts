import type { MaskKeyring, MaskKeys } from "@/lib/masking/keys";
import { keySchema } from "@/lib/catalog/masked-view";
import { type SqlParam, type SqlParamType, SqlSink } from "@/lib/masking/sql";

/**
 * A sink for the text of views, which take no parameters: what masks bind becomes a literal, but for keys. Those are
 * read from a table when the view is: everybody may read the text of a view, and nobody but their owner that table.
 */
export class LiteralSink extends SqlSink {
  readonly #pads = new Map<Buffer, string>();
  readonly #used = new Map<string, MaskKeys>();
  readonly keyring: MaskKeyring;

  constructor(keyring: MaskKeyring) {
    super();
    this.keyring = (scope) => {
      const keys = keyring(scope);
      this.#pads.set(keys.inner, padOf("inner_pad", scope)).set(keys.outer, padOf("outer_pad", scope));
      this.#used.set(scope, keys);
      return keys;
    };
  }

  /** The keys that were asked for, by their scopes. */
  get keys(): ReadonlyMap<string, MaskKeys> {
    return this.#used;
  }

  override bind(value: SqlParam, type: SqlParamType): string {
    if (type === "inferred") throw new RangeError("A literal needs a type.");
    if (!Buffer.isBuffer(value)) return `${literal(textOf(value))}::${type}`;
    const pad = this.#pads.get(value);
    // Bytes that are no key of ours would be a key in the text of a view.
    if (pad === undefined) throw new RangeError("Not a key of this source.");
    return pad;
  }
}

const padOf = (pad: string, scope: string) =>
  `(SELECT k.${pad} FROM ${keySchema}.mask_keys AS k WHERE k.scope = ${literal(scope)})`;

/** A text as a literal of SQL, under `standard_conforming_strings = on`. */
export function literal(text: string | null): string {
  if (text === null) return "NULL";
  if (text.includes("\0")) throw new RangeError("Not a text PostgreSQL can hold.");
  return `'${text.replaceAll("'", "''")}'`;
}

function textOf(value: Exclude<SqlParam, Buffer>): string | null {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "object")
    return `{${value.map((text) => `"${text.replace(/[\\"]/gu, "\\$&")}"`).join(",")}}`;
  return String(value);
}
