import "server-only";
import { asc, eq, sql } from "drizzle-orm";
import { logSettings } from "@/lib/audit/log-settings";
import type { VerifierKey } from "@/lib/audit/signed-note";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import type { ReadDatabase } from "@/lib/db/control-database";
import { receipts } from "@/lib/db/schema/receipts";
import { requests } from "@/lib/db/schema/requests";
import type { Download } from "@/lib/downloads/download";
import type { Batches } from "@/lib/downloads/leaving";
import { startDownload } from "@/lib/downloads/start-download";
import type { ReceiptView } from "@/lib/grants/view";
import { Refusal } from "@/lib/refusal";
import { mayReadRequest } from "@/lib/requests/may-read";
import { openReceipt, readReceipt, receiptHash, type StoredReceipt } from "@/lib/requests/receipt";

const BATCH = 500;
const stored = { id: receipts.id, body: receipts.body, signature: receipts.signature };

/** The receipts of a request, oldest first, each held against the keys of the log; the caller decides who may see them. */
export async function readReceipts(
  db: Pick<ReadDatabase, "select">,
  requestId: string,
): Promise<ReceiptView[]> {
  const rows = await db
    .select(stored)
    .from(receipts)
    .where(eq(receipts.requestId, requestId))
    .orderBy(asc(receipts.madeAt), asc(receipts.id));
  const keys = logSettings().keys.map(({ key }) => key);
  return rows.map((row) => receiptView(row, keys));
}

function receiptView(row: StoredReceipt, keys: readonly VerifierKey[]): ReceiptView {
  const { decided, at, passkey } = readReceipt(row);
  const { by, standsInFor, verdict } = decided;
  const signed =
    row.signature === null
      ? "unsigned"
      : keys.length === 0
        ? "unchecked"
        : openReceipt(row, keys)
          ? "signed"
          : "wrong";
  return {
    ...{ hash: receiptHash(row), verdict, at, signed },
    by: by && (standsInFor ? `${by.name} for ${standsInFor.name}` : by.name),
    passkey: passkey && { of: by?.name ?? "", name: passkey.name },
  };
}

/** The receipts of a request as a file, for whoever may read the request; to everybody else it is not there. */
export async function receiptFile(ctx: Context, number: number): Promise<string> {
  const [request] = await ctx.db
    .select({ id: requests.id, requesterId: requests.requesterId, eligibleIds: requests.eligibleIds })
    .from(requests)
    .where(eq(requests.number, number));
  const { personId, roles } = ctx.actor;
  if (!request || !(await mayReadRequest(ctx.db, { personId, roles }, request)))
    throw new Refusal("not-found");
  const rows = await ctx.db
    .select(stored)
    .from(receipts)
    .where(eq(receipts.requestId, request.id))
    .orderBy(asc(receipts.madeAt), asc(receipts.id));
  return rows.map(receiptLine).join("");
}

/** All receipts, oldest first, in batches; on record before the first leaves, as any export of the log is. */
export async function exportReceipts(ctx: Context): Promise<Batches<string[]>> {
  requirePermission(ctx, "audit");
  const download = await startDownload(ctx, {
    title: "Receipts of decisions",
    format: "ndjson",
    permission: "audit",
    begin: () => ({ code: "audit.exported", details: { format: "receipts", filter: "{}" } }),
    ended: "audit.export_ended",
  });
  const [counted] = await download.make(() =>
    download.ctx.db.select({ rows: sql<number>`count(*)`.mapWith(Number) }).from(receipts),
  );
  if (counted) download.expect(counted.rows);
  return download.leaving(receiptLines(download));
}

async function* receiptLines(download: Download): AsyncGenerator<string[]> {
  const { ctx } = download;
  const at = sql<string>`${receipts.madeAt}::text`;
  for (let place: { at: string; id: string } | null = null; ;) {
    const rows: (StoredReceipt & { id: string; at: string })[] = await ctx.db
      .select({ ...stored, at })
      .from(receipts)
      .where(
        place
          ? sql`(${receipts.madeAt}, ${receipts.id}) > (${place.at}::timestamptz, ${place.id}::uuid)`
          : sql`true`,
      )
      .orderBy(asc(receipts.madeAt), asc(receipts.id))
      .limit(BATCH);
    download.count(rows.length);
    yield rows.map(receiptLine);
    place = rows.at(-1) ?? null;
    if (rows.length < BATCH) return;
  }
}

/** `receipt` stands last and as it was signed: what lies between `"receipt":` and the last brace is what counts. */
const receiptLine = ({ body, signature }: StoredReceipt) =>
  `{"glimpse":"receipt","signature":${JSON.stringify(signature)},"receipt":${body}}\n`;
