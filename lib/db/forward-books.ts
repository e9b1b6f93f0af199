import "server-only";
import { createHash } from "node:crypto";
import postgres from "postgres";
import { withoutWords } from "@/lib/db/database-failure";
import type { DestinationId } from "@/lib/db/schema/forwarding";
import { env } from "@/lib/env";

/** Two numbers among the advisory locks of a database. Those without a name keep theirs, so that versions agree. */
type Lock = readonly [lockClass: number, id: number];
const unnamed: Readonly<Record<string, number>> = { https: 1, syslog: 2, folder: 3 };

function lockOf(destination: DestinationId): Lock {
  const id = unnamed[destination];
  if (id !== undefined) return [7_316_246, id];
  const hash = createHash("sha256").update(`glimpse forwarding/${destination}`).digest();
  return [hash.readUInt32BE(0) >>> 1, hash.readUInt32BE(4) >>> 1];
}

/** Where a destination stands: its first event not acknowledged, and of a folder the day that is being written. */
export type ForwardCursor = { next: number; segment: ForwardSegment | null };
export type ForwardSegment = { day: string; from: number };

/**
 * The books of one destination, over one connection that holds the right to send: as long as it stands, no other instance
 * sends there, and it advances nothing once it is lost. Written without an event: it says of the log where it has gone.
 */
export class ForwardBooks {
  readonly #client: postgres.Sql;
  readonly #destination: DestinationId;
  readonly #lock: Lock;

  constructor(destination: DestinationId) {
    this.#destination = destination;
    this.#lock = lockOf(destination);
    this.#client = postgres(env().databaseUrl, {
      max: 1,
      connect_timeout: 10,
      onnotice: () => {},
      connection: {
        application_name: "glimpse-forward",
        role: "glimpse_app",
        statement_timeout: 15_000,
        TimeZone: "UTC",
      },
    });
  }

  /** Whether this connection has the right to send, now or since before. */
  async hold(): Promise<boolean> {
    const [row] = await this.#ask(
      `SELECT CASE WHEN ${held} THEN true ELSE pg_try_advisory_lock($1::int, $2::int) END AS held`,
      [...this.#lock],
    );
    return row?.["held"] === true;
  }

  /** Where it stands; null where it was never configured. */
  async cursor(): Promise<ForwardCursor | null> {
    const [row] = await this.#ask(
      "SELECT next, segment_day::text AS day, segment_from FROM audit_forwarding WHERE destination = $1",
      [this.#destination],
    );
    if (!row) return null;
    const day = row["day"] as string | null;
    return {
      next: Number(row["next"]),
      segment: day === null ? null : { day, from: Number(row["segment_from"]) },
    };
  }

  /** Moves on after what was acknowledged; false, and nothing is changed, where somebody else has the right by now. */
  async advance(from: number, to: ForwardCursor): Promise<boolean> {
    const rows = await this.#ask(
      `UPDATE audit_forwarding SET next = $4, segment_day = $5::text::date, segment_from = $6, acknowledged_at = clock_timestamp(),
         failing_since = NULL, trouble = NULL
       WHERE destination = $3 AND next = $7 AND ${held} RETURNING next`,
      [...this.#lock, this.#destination, to.next, to.segment?.day ?? null, to.segment?.from ?? null, from],
    );
    return rows.length === 1;
  }

  /** Keeps that it is in trouble, since the first time. */
  async trouble(words: string): Promise<void> {
    await this.#ask(
      `UPDATE audit_forwarding SET failing_since = coalesce(failing_since, clock_timestamp()), trouble = $2
       WHERE destination = $1`,
      [this.#destination, words],
    );
  }

  async end(): Promise<void> {
    await this.#client.end({ timeout: 2 });
  }

  async #ask(text: string, params: (string | number | null)[]): Promise<Record<string, unknown>[]> {
    try {
      return [...(await this.#client.unsafe(text, params))];
    } catch (error) {
      throw withoutWords(error);
    }
  }
}

const held = `EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND granted
  AND classid = $1::int AND objid = $2::int AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;
