import postgres from "postgres";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { firstPageOf } from "@/lib/browse/table-query";
import { parseTableState } from "@/lib/browse/table-state";
import { env } from "@/lib/env";
import { compileProjection } from "@/lib/masking/compile";
import { SqlSink, type SqlParam } from "@/lib/masking/sql";

const rounds = 5;
const warmUp = 1;
const rows = 100_000;

/** Times the export of 100,000 masked rows over HTTP against COPY of the same projection of the same rows. */
export async function measureExport(stack: BenchStack): Promise<Row[]> {
  const { cookie } = await stack.signIn("Ana");
  const table = stack.masked;
  const address = `${stack.baseUrl}/browse/${table.source.slug}/${table.schema}/${table.name}/export`;
  const reader = postgres(stack.readerUrl, { max: 1 });
  const projected = projectionOf(stack);
  const copied = `COPY (${projected}) TO STDOUT (FORMAT csv)`;
  try {
    // COPY that fails says nothing to whoever waits for its stream.
    await reader.unsafe(`EXPLAIN ${projected}`);
    const times = await timeSideBySide(
      {
        export: async () => {
          const response = await fetch(`${address}?format=csv&f=id:lte:${rows}`, {
            headers: { cookie, "accept-encoding": "identity" },
          });
          if (response.status !== 200) throw new Error(`The export answered ${response.status}.`);
          expectLines(await response.text(), rows + 1);
        },
        copy: async () => {
          let text = "";
          for await (const chunk of await reader.unsafe(copied).readable()) text += String(chunk);
          expectLines(text, rows);
        },
      },
      { rounds, warmUp },
    );
    return [row("export.masked_vs_copy", "ms", times.export, times.copy, rounds)];
  } finally {
    await reader.end({ timeout: 5 });
  }
}

function expectLines(text: string, wanted: number): void {
  const lines = text.split("\n").length - 1;
  if (lines !== wanted) throw new Error(`There are ${lines} lines instead of ${wanted}.`);
}

function projectionOf({ masked }: BenchStack): string {
  const { columns, keyring } = firstPageOf(env().rootKey, masked, parseTableState(masked, {}), rows);
  const sink = new SqlSink();
  const projection = compileProjection(columns, keyring, sink);
  const { text, params } = sink.statement(
    `SELECT ${projection} FROM records AS "glimpse row" WHERE id <= ${rows} ORDER BY id`,
  );
  return text.replace(/\$(\d+)/gu, (_, at: string) => literal(params[Number(at) - 1] ?? null));
}

/** COPY takes no parameters. */
function literal(param: SqlParam): string {
  if (param === null) return "NULL";
  if (Buffer.isBuffer(param)) return `'\\x${param.toString("hex")}'`;
  if (typeof param === "string") return `'${param.replaceAll("'", "''")}'`;
  if (Array.isArray(param)) return `ARRAY[${(param as readonly string[]).map(literal).join(", ")}]`;
  return String(param);
}
