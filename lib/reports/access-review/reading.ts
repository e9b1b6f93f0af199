import type { Context } from "@/lib/auth/context";
import type { AsOf } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";

/** What every part of the report is made from. */
export type Reading = { ctx: Context; span: { from: string; to: string }; asOf: AsOf };

/** Rows that fit into memory, as a table of a report gives them. */
export async function* inOne(rows: Promise<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  yield await rows;
}
