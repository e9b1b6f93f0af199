import "server-only";
import type { Context } from "@/lib/auth/context";
import { listTree } from "@/lib/browse/list-tree";
import type { TreeLeaf } from "@/lib/browse/view";
import type { TableCommand } from "@/lib/home/view";

const MOST = 5000;

/** Every table that can be browsed, for the command palette: name, address and source. */
export async function listTableCommands(ctx: Context): Promise<TableCommand[]> {
  const tree = await listTree(ctx);
  const commands = tree.flatMap((source) =>
    source.schemas.flatMap((schema) =>
      withPartitions(schema.tables).map(({ name, href }) => ({
        label: name,
        href,
        group: `Tables of ${source.name}`,
        also: `${source.name} ${schema.name} ${name}`,
      })),
    ),
  );
  return commands.slice(0, MOST);
}

function withPartitions(tables: readonly TreeLeaf[]): TreeLeaf[] {
  return tables
    .flatMap((table) => [table, ...withPartitions(table.partitions)])
    .filter((table) => table.isReadable);
}
