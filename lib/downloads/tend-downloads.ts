import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import { downloads } from "@/lib/db/schema/downloads";
import { people } from "@/lib/db/schema/people";
import { isLost } from "@/lib/downloads/list-downloads";

/** Puts on record the end of downloads whose instance is gone, each once, with what it had last said of them. */
export async function tendDownloads(): Promise<void> {
  const ctx = systemContext();
  const lost = await ctx.db
    .select({ id: downloads.id, personId: downloads.personId, name: people.name })
    .from(downloads)
    .innerJoin(people, eq(people.id, downloads.personId))
    .where(and(eq(downloads.state, "running"), isLost));
  for (const { id, personId, name } of lost) await endLost(id, { id: personId, name });
}

class NotLost extends Error {}

async function endLost(id: string, subject: { id: string; name: string }): Promise<void> {
  try {
    await recorded(systemContext(), async (tx) => {
      const [row] = await tx
        .update(downloads)
        .set({ state: "broken", why: "lost", endedAt: sql`clock_timestamp()` })
        .where(and(eq(downloads.id, id), eq(downloads.state, "running"), isLost))
        .returning({
          title: downloads.title,
          format: downloads.format,
          rows: downloads.rows,
          bytes: downloads.bytes,
        });
      // It was heard of meanwhile, or another instance was quicker.
      if (!row) throw new NotLost();
      return {
        result: undefined,
        event: { code: "download.lost", subject, details: { download: id, ...row } },
      };
    });
  } catch (error) {
    if (!(error instanceof NotLost)) throw error;
  }
}
