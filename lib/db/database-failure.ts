/**
 * A failure of the control database, known by its SQLSTATE alone: the driver's texts quote values, drizzle's
 * quote every parameter, and both end in logs (law 6). `constraint` is a name of ours from drizzle/.
 */
export class DatabaseFailure extends Error {
  readonly code: string;
  readonly constraint: string | null;

  constructor(code: string, constraint: string | null = null) {
    super(`The control database failed: ${code}${constraint ? ` (${constraint})` : ""}.`);
    this.name = "DatabaseFailure";
    this.code = code;
    this.constraint = constraint;
  }
}

/** The failure without its words, if it comes from the driver or from drizzle; anything else as it is. */
export function withoutWords(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseFailure) return error;
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code, constraint_name: constraint } = at as { code?: unknown; constraint_name?: unknown };
    // SQLSTATE, or what Node.js and the driver call a broken connection: ECONNREFUSED, CONNECT_TIMEOUT.
    if (typeof code === "string" && /^[A-Z0-9_]{5,}$/.test(code)) {
      return new DatabaseFailure(code, typeof constraint === "string" ? constraint : null);
    }
  }
  return error.name === "DrizzleQueryError" || "query" in error ? new DatabaseFailure("unknown") : error;
}
