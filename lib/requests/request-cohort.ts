import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { readPage } from "@/lib/browse/read-page";
import { firstPageOf } from "@/lib/browse/table-query";
import { openSource } from "@/lib/catalog/open-source";
import { readTable } from "@/lib/catalog/read-table";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import { keyOf } from "@/lib/catalog/table";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/refusal";
import { cohortQuery, cohortState } from "@/lib/requests/cohort";
import type { cohortDraftSchema, cohortSketchSchema } from "@/lib/requests/draft";
import { sendEmergency, type cohortEmergencySchema } from "@/lib/requests/open-emergency";
import { previewRequest } from "@/lib/requests/preview-request";
import { MAX_COHORT } from "@/lib/requests/request";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import type { RequestPreview } from "@/lib/requests/view";

const timeoutMs = 10_000;

/**
 * Sends a request for the records that match the filters at this moment. They are frozen with it: one that matches
 * later is none of them, and one that does not match any more still is (law 8).
 */
export async function submitCohort(
  ctx: Context,
  { cohort, ...draft }: z.infer<typeof cohortDraftSchema>,
): Promise<Submitted> {
  const { records, query } = await freezeCohort(ctx, draft.tableId, cohort);
  return submitRequest(ctx, { ...draft, records }, query);
}

/** As `submitCohort`, opened at once as an emergency. */
export async function emergencyCohort(
  ctx: Context,
  { cohort, ...draft }: z.infer<typeof cohortEmergencySchema>,
): Promise<Submitted> {
  const { records, query } = await freezeCohort(ctx, draft.tableId, cohort);
  return sendEmergency(ctx, { ...draft, records }, query);
}

/** What the approver would read if it were sent as it stands, for the records that match now. Writes nothing. */
export async function previewCohort(
  ctx: Context,
  { cohort, ...sketch }: z.infer<typeof cohortSketchSchema>,
): Promise<RequestPreview> {
  const { records, query } = await freezeCohort(ctx, sketch.tableId, cohort);
  return previewRequest(ctx, { ...sketch, records }, query);
}

async function freezeCohort(
  ctx: Context,
  tableId: string,
  wanted: string,
): Promise<{ records: string[]; query: string }> {
  const table = await readTable(ctx, { tableId }, "request");
  if (keyOf(table) === null) throw new Refusal("no-stable-key");
  const query = cohortQuery(cohortState(table, wanted));
  const state = cohortState(table, query);
  const page = await readHandles();
  if (page.hasMore) throw new Refusal("cohort-too-large");
  if (page.rows.length === 0) throw new Refusal("cohort-empty");
  const records = page.rows.flatMap(({ handle }) => handle ?? []);
  // One that cannot be named would be missing from what is called all.
  if (records.length < page.rows.length) throw new Refusal("no-stable-key");
  return { records, query };

  async function readHandles() {
    try {
      const pool = await openSource(ctx.db, table.source);
      const wholeCohort = firstPageOf(env().rootKey, table, { ...state, columns: [] }, MAX_COHORT);
      return await readPage(pool, wholeCohort, { timeoutMs });
    } catch (error) {
      throw sourceRefusal(error);
    }
  }
}
