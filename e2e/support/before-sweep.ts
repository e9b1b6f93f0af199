import type { Sql } from "postgres";
import { ONE_SWEEPER } from "@/lib/expiry/sweep";

/** Does this while nobody writes down what the clock has ended: what refuses now is the clock itself. */
export async function beforeSweep(control: Sql, deed: () => Promise<void>): Promise<void> {
  await control.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(${ONE_SWEEPER})`;
    await deed();
  });
}
