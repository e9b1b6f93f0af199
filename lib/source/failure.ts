export const sourceFailureCauses = [
  "unreachable",
  "timeout",
  "table-gone",
  "column-gone",
  "no-right",
  "views-stale",
  "bad-value",
  "not-filled",
  "too-many-connections",
  "cancelled",
  "other",
] as const;

export type SourceFailureCause = (typeof sourceFailureCauses)[number];

const words: Record<SourceFailureCause, string> = {
  unreachable: "The source does not answer. Nothing was read. Try again in a moment.",
  timeout: "The source took too long. Nothing was read. Narrow what you look for, or try again.",
  "table-gone": "This table is no longer in the source. A steward can read the structure again.",
  "column-gone": "A column of this table has changed in the source. A steward can read the structure again.",
  "no-right": "The source no longer lets Glimpse read this. Its owner must grant SELECT again.",
  "views-stale":
    "The views of this source are out of date. Nothing was read. Its owner must run the SQL of its connection page again.",
  "bad-value": "The source cannot compare with this value. Check it and try again.",
  "not-filled":
    "This materialised view has not been filled yet. Its owner fills it with REFRESH MATERIALIZED VIEW.",
  "too-many-connections": "The source has no free connection. Try again in a moment.",
  cancelled: "The reading was stopped before it ended.",
  other: "The source could not answer. Nothing was read.",
};

/**
 * Why a source did not answer, in our own words. It holds no trace of the database's error: that one quotes
 * values in its message, its detail and its parameters (law 6).
 */
export class SourceFailure extends Error {
  override readonly name = "SourceFailure";
  readonly reason: SourceFailureCause;
  /** The SQLSTATE or the socket's error code; null when there was none. */
  readonly sqlstate: string | null;

  constructor(reason: SourceFailureCause, sqlstate: string | null = null) {
    super(words[reason]);
    this.reason = reason;
    this.sqlstate = sqlstate;
  }
}

const byState: Record<string, SourceFailureCause> = {
  "42P01": "table-gone",
  "3F000": "table-gone",
  "42703": "column-gone",
  "42883": "column-gone",
  "42804": "column-gone",
  "42846": "column-gone",
  "42704": "column-gone",
  "0A000": "column-gone",
  "42501": "no-right",
  "28000": "no-right",
  "28P01": "no-right",
  "3D000": "unreachable",
  "55000": "not-filled",
  "57014": "timeout",
  "25P03": "timeout",
  "55P03": "timeout",
  "25P04": "timeout",
  "53300": "too-many-connections",
  "57P01": "unreachable",
  "57P02": "unreachable",
  "57P03": "unreachable",
  "57P05": "unreachable",
};

const socketCodes: Record<string, SourceFailureCause> = {
  CONNECT_TIMEOUT: "unreachable",
  CONNECTION_CLOSED: "unreachable",
  CONNECTION_ENDED: "unreachable",
  CONNECTION_DESTROYED: "unreachable",
  ECONNREFUSED: "unreachable",
  ECONNRESET: "unreachable",
  EPIPE: "unreachable",
  ETIMEDOUT: "unreachable",
  ENOTFOUND: "unreachable",
  EAI_AGAIN: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
};

const byCode = new Map(Object.entries({ ...byState, ...socketCodes }));

/** Turns whatever a driver throws into a failure of ours; nothing of the original is kept but its code. */
export function sourceFailure(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error;
  const code = codeOf(error);
  if (code === null) return new SourceFailure("other");
  const known = byCode.get(code);
  if (known !== undefined) return new SourceFailure(known, code);
  if (!/^[0-9A-Z]{5}$/u.test(code)) return new SourceFailure("other");
  if (code.startsWith("22")) return new SourceFailure("bad-value", code);
  if (code.startsWith("08")) return new SourceFailure("unreachable", code);
  if (code.startsWith("53")) return new SourceFailure("too-many-connections", code);
  return new SourceFailure("other", code);
}

function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}
