import "server-only";
import type { Context } from "@/lib/auth/context";
import type { ClassBook } from "@/lib/catalog/classes";
import { openSource } from "@/lib/catalog/open-source";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import type { PathList } from "@/lib/catalog/view";
import { pathQuestion, readPaths } from "@/lib/discovery/paths";
import { SourceFailure } from "@/lib/source/failure";
import { runSelect } from "@/lib/source/run-select";

/** The paths of a JSON column with the part of its documents that has each; null where the source did not say. */
export async function listPaths(
  ctx: Context,
  table: CatalogTable,
  column: CatalogColumn,
  classes: ClassBook,
): Promise<PathList | null> {
  try {
    const pool = await openSource(ctx.db, table.source);
    const answer = await runSelect(pool, pathQuestion(table, column), { timeoutMs: 5_000 });
    const { documents, paths, pooled } = readPaths(answer, classes);
    return {
      pooled,
      paths: paths.map(({ path, share, kind, proposal }) => ({
        path,
        found: `in ${Math.floor(share * 100)} % of ${documents.toLocaleString("en-US")} documents, ${kind}`,
        classTitle: classes.get(proposal.classId)?.title ?? null,
        percent: Math.round(proposal.confidence * 100),
      })),
    };
  } catch (error) {
    if (error instanceof SourceFailure) return null;
    throw error;
  }
}
