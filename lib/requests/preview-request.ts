import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { readTable } from "@/lib/catalog/read-table";
import { assessRisk } from "@/lib/policies/risk";
import { askedFields, askedRecords, cappedView } from "@/lib/requests/asked";
import { askableClass } from "@/lib/requests/class-facts";
import type { sketchSchema } from "@/lib/requests/draft";
import { readRoute, readUsualMinutes } from "@/lib/requests/read-route";
import { readSample } from "@/lib/requests/read-sample";
import { purposes, type RequestedField } from "@/lib/requests/request";
import { routeWords } from "@/lib/requests/route";
import { tableLabel } from "@/lib/requests/table-label";
import type { AskedField, RequestPreview } from "@/lib/requests/view";

/** What the approver of a request would read if it were sent as it stands, and who that is. Writes nothing. */
export async function previewRequest(ctx: Context, sketch: z.infer<typeof sketchSchema>): Promise<RequestPreview> {
  const table = await readTable(ctx, { tableId: sketch.tableId }, "request");
  const fields = askedFields(table, sketch.fields, askableClass);
  const records = askedRecords(table, sketch.records);
  const capped = cappedView(fields, sketch.viewSeconds, askableClass);
  const columnIds = fields.map((field) => field.columnId);
  const [route, sample] = await Promise.all([
    readRoute(ctx.db, ctx.actor.personId),
    readSample(ctx, table, { records, columnIds }),
  ]);
  const usual = await readUsualMinutes(ctx.db, route.approvers);
  return {
    brief: {
      requester: ctx.actor.name,
      sourceLabel: table.source.name,
      tableLabel: tableLabel(table),
      fields: fields.map(fieldView),
      recordCount: records.length,
      purpose: purposes[sketch.purpose],
      reason: sketch.reason,
      ticket: sketch.ticket,
      viewSeconds: capped.viewSeconds,
      risk: assessRisk({ fields, recordCount: records.length, ticket: sketch.ticket !== null }),
    },
    sample,
    route: { approvers: route.approvers.slice(0, 20), words: routeWords(route.approvers, usual) },
    capped: capped.words,
  };
}

/** A field of a request as people read it. */
export function fieldView(field: RequestedField): AskedField {
  const { columnId, column, sensitivity, level } = field;
  return { columnId, name: column, classTitle: askableClass(field.classId).title, sensitivity, level };
}
