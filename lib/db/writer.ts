import "server-only";
import { PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { WriteTransaction } from "@/lib/db/control-database";
import { DatabaseFailure } from "@/lib/db/database-failure";

const dialect = new PgDialect();

/**
 * A client that must have one connection only, and drizzle's transaction on it: every statement between BEGIN and COMMIT
 * goes there.
 */
export class Writer {
  readonly client: postgres.Sql;
  readonly tx: WriteTransaction;
  #fail: ((why: DatabaseFailure) => void) | null = null;
  #isLost = false;

  /** Opens the client, which tells when its connection closes. */
  constructor(open: (onclose: () => void) => postgres.Sql) {
    this.client = open(() => this.#close());
    const session = new PostgresJsSession(this.client, dialect, undefined, {});
    this.tx = new PostgresJsTransaction(dialect, session as never, undefined) as unknown as WriteTransaction;
  }

  /** Whether the connection was lost under some work: the driver may still hold what it will never answer. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Runs the work, and fails as soon as the connection is lost under it. */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    const lost = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    try {
      return await Promise.race([work(), lost]);
    } finally {
      this.#fail = null;
    }
  }

  #close(): void {
    if (this.#fail === null) return;
    this.#isLost = true;
    this.#fail(new DatabaseFailure("CONNECTION_CLOSED"));
  }
}
