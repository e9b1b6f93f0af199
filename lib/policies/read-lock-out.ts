import "server-only";
import type { ReadDatabase } from "@/lib/db/control-database";
import { groups } from "@/lib/db/schema/policies";
import type { CompiledPolicy } from "@/lib/policies/compile-policy";
import { deniesEverything } from "@/lib/policies/reach";

/** Whether a policy denies everything to everybody, as the groups are now. */
export async function locksOut(db: Pick<ReadDatabase, "select">, compiled: CompiledPolicy): Promise<boolean> {
  const rows = await db.select({ slug: groups.slug }).from(groups).limit(100);
  return deniesEverything(
    compiled,
    rows.map(({ slug }) => slug),
  );
}
