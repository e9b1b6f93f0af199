import { fillRecords } from "./dataset";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { proposer } from "@/lib/discovery/discover";
import { parseSourceUrl } from "@/lib/source/connection";
import { discover, structureOf } from "@/lib/source/discover";
import { asAdmin, createDatabase, urlOf } from "@/scripts/databases";

const tables = 50;
const columnsPerTable = 20;
const rowsPerTable = 20_000;

/** Times the discovery of a source of 1,000 columns, from its structure to a class for each, against the structure alone. */
export async function measureDiscover(stack: BenchStack): Promise<Row[]> {
  const database = "bench_discover";
  const guests = ["marigold_reader"];
  await asAdmin(stack.superuserUrl, (admin) =>
    createDatabase(admin, { name: database, owner: "marigold_owner", guests }),
  );
  await asAdmin(urlOf(stack.sourceOwnerUrl, { database }), async (owner) => {
    for (let at = 0; at < tables; at++)
      await fillRecords(owner, { table: `records_${at}`, rows: rowsPerTable });
  });
  const parsed = parseSourceUrl(`${urlOf(stack.readerUrl, { database })}?sslmode=disable`);
  if (!parsed.ok) throw new Error(parsed.words);
  const { parts } = parsed;
  const times = await timeSideBySide(
    {
      discover: async () => {
        const { schema, rates } = await discover(parts);
        const propose = proposer(schema, rates);
        const found = schema.tables.flatMap((table) => table.columns.map((column) => propose(table, column)));
        if (found.length !== tables * columnsPerTable || rates.size !== tables)
          throw new Error(`Of ${found.length} columns, ${rates.size} tables of ${tables} were looked at.`);
      },
      structure: async () => void (await structureOf(parts)),
    },
    { rounds: 1, warmUp: 0 },
  );
  return [row("discover.1000_columns_s", "s", times.discover / 1_000, times.structure / 1_000, 1)];
}
