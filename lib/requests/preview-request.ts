import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { readTable } from "@/lib/catalog/read-table";
import { assessRisk } from "@/lib/policies/risk";
import { askedFields, askedRecords, cappedView } from "@/lib/requests/asked";
import { classesOf, ownTitlesOf } from "@/lib/requests/class-facts";
import { cohortWords } from "@/lib/requests/cohort";
import type { sketchSchema } from "@/lib/requests/draft";
import { readRoute, readUsualMinutes } from "@/lib/requests/read-route";
import { readSample } from "@/lib/requests/read-sample";
import { purposes, REASON_MAX, REASON_MIN, viewPresets } from "@/lib/requests/request";
import { requestBrief } from "@/lib/requests/request-brief";
import { routeWords } from "@/lib/requests/route";
import type { RequestPreview } from "@/lib/requests/view";

/** What the approver of a request would read if it were sent as it stands, and who that is. Writes nothing. */
export async function previewRequest(
  ctx: Context,
  sketch: z.infer<typeof sketchSchema>,
  cohort: string | null = null,
): Promise<RequestPreview> {
  const table = await readTable(ctx, { tableId: sketch.tableId }, "request");
  const fields = askedFields(table, sketch.fields, classesOf(table));
  const records = askedRecords(table, sketch.records);
  const capped = cappedView(fields, sketch.viewSeconds, classesOf(table));
  const columnIds = fields.map((field) => field.columnId);
  const [route, sample] = await Promise.all([
    readRoute(ctx.db, ctx.actor.personId),
    readSample(ctx, table, { records, columnIds }),
  ]);
  const usual = await readUsualMinutes(ctx.db, route.approvers);
  const risk = assessRisk({ fields, recordCount: records.length, ticket: sketch.ticket !== null });
  const request = { ...sketch, fields, records, risk, viewSeconds: capped.viewSeconds };
  return {
    brief: requestBrief(
      { requester: ctx.actor, source: table.source, table, request, ownTitles: ownTitlesOf(table) },
      cohort === null ? null : cohortWords(table, cohort),
    ),
    sample,
    route: { approvers: route.approvers.slice(0, 20), words: routeWords(route.approvers, usual) },
    capped: capped.words,
    choices: {
      purposes: Object.entries(purposes).map(([id, words]) => ({ id, words })),
      viewPresets,
      longestSeconds: capped.longestSeconds,
      reasonMin: REASON_MIN,
      reasonMax: REASON_MAX,
    },
  };
}
