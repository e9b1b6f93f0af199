import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

type Change = Pick<PgUpdateSetSource<typeof people>, "managerId" | "state" | "disabledAt">;
type State = "invited" | "active" | "disabled";

/**
 * Changes a person as they were seen, by version, and in one of these states; of two changes at once, one wins
 * and the other is told. Holds their row: nothing they do is decided on until this is over.
 */
export async function movePerson(
  tx: WriteTransaction,
  seen: { personId: string; version: number },
  change: Change,
  from: readonly State[] = ["invited", "active", "disabled"],
): Promise<{ id: string; name: string }> {
  const [moved] = await tx
    .update(people)
    .set({ ...change, version: sql`${people.version} + 1` })
    .where(
      and(eq(people.id, seen.personId), eq(people.version, seen.version), inArray(people.state, [...from])),
    )
    .returning({ id: people.id, name: people.name });
  if (moved) return moved;
  const [known] = await tx.select({ id: people.id }).from(people).where(eq(people.id, seen.personId));
  throw new Refusal(known ? "changed-meanwhile" : "not-found");
}
