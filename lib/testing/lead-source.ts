import "server-only";
import type { Sql } from "postgres";
import { sealConnection } from "@/lib/catalog/seal-connection";
import { parseSourceUrl } from "@/lib/source/connection";

/** Leads Glimpse to another database under the name of the demo source, behind its back: nothing else changes. */
export async function leadSource(control: Sql, rootKey: Buffer, url: string): Promise<void> {
  const parsed = parseSourceUrl(url);
  if (!parsed.ok) throw new Error(parsed.words);
  const [source] = await control<{ id: string }[]>`
    SELECT id FROM sources WHERE slug = 'marigold' AND removed_at IS NULL`;
  const sealed = sealConnection(rootKey, source!.id, parsed.parts);
  // A new version: the pool to the old address is given up.
  await control`UPDATE sources SET connection_sealed = ${sealed}, version = version + 1 WHERE id = ${source!.id}`;
}
