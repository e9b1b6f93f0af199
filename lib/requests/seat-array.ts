import "server-only";
import { sql, type SQL } from "drizzle-orm";

/** A list of seats as one parameter. */
export function seatArray(seats: readonly string[]): SQL {
  const quoted = seats.map((seat) => `"${seat.replaceAll(/["\\]/g, String.raw`\$&`)}"`);
  return sql`${`{${quoted.join(",")}}`}::text[]`;
}
