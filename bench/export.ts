import fs from "node:fs";
import { finished } from "node:stream/promises";
import postgres from "postgres";
import { rowCount } from "./dataset";
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

/**
 * Times the export of 100,000 masked rows over HTTP against COPY of the same projection of the same rows, and compares
 * the most memory that the server takes for a million rows and for a tenth of them.
 */
export async function measureExport(stack: BenchStack): Promise<Row[]> {
  const { cookie } = await stack.signIn("Ana");
  const table = stack.masked;
  const address = `${stack.baseUrl}/browse/${table.source.slug}/${table.schema}/${table.name}/export`;
  const exported = async (most: number) => {
    const response = await fetch(`${address}?format=csv&f=id:lte:${most}`, {
      headers: { cookie, "accept-encoding": "identity" },
    });
    if (response.status !== 200 || response.body === null)
      throw new Error(`The export answered ${response.status}.`);
    let lines = 0;
    for await (const chunk of response.body) lines += linesIn(chunk);
    if (lines !== most + 1) throw new Error(`There are ${lines} lines of ${most} rows.`);
  };
  const reader = postgres(stack.readerUrl, { max: 1 });
  const projected = projectionOf(stack);
  const copied = `COPY (${projected}) TO STDOUT (FORMAT csv)`;
  try {
    // COPY that fails says nothing to whoever waits for its stream.
    await reader.unsafe(`EXPLAIN ${projected}`);
    const times = await timeSideBySide(
      {
        export: () => exported(rows),
        copy: async () => {
          // Never made to wait: the driver does not always go on after that.
          const stream = await reader.unsafe(copied).readable();
          let lines = 0;
          stream.on("data", (chunk: Buffer) => (lines += linesIn(chunk)));
          await finished(stream);
          if (lines !== rows) throw new Error(`There are ${lines} lines of ${rows} rows.`);
        },
      },
      { rounds, warmUp },
    );
    const few = await mostMemory(stack.serverPid, () => exported(rows));
    const many = await mostMemory(stack.serverPid, () => exported(rowCount));
    return [
      row("export.masked_vs_copy", "ms", times.export, times.copy, rounds),
      row("export.memory_1m_vs_100k", "MB", many, few, 1),
    ];
  } finally {
    await reader.end({ timeout: 5 });
  }
}

function linesIn(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines++;
  return lines;
}

/** The most memory that a process takes while the work is done, in MB; Linux tells it. */
async function mostMemory(pid: number, work: () => Promise<void>): Promise<number> {
  fs.writeFileSync(`/proc/${pid}/clear_refs`, "5");
  await work();
  const [, kB] = /^VmHWM:\s+(\d+) kB$/mu.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  if (kB === undefined) throw new Error("The memory of the server cannot be read.");
  return Number(kB) / 1_000;
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
