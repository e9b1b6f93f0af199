import "server-only";
import type { z } from "zod";
import type { Context } from "@/lib/auth/context";
import { readTable } from "@/lib/catalog/read-table";
import { ownTitlesOf } from "@/lib/requests/class-facts";
import { waysToAutomatic } from "@/lib/policies/automatic";
import { voterName } from "@/lib/policies/standing";
import { refusalWords } from "@/lib/refusal";
import { askedNow, fewestViews } from "@/lib/requests/asked-now";
import { cohortWords } from "@/lib/requests/cohort";
import type { sketchSchema } from "@/lib/requests/draft";
import { readUsualMinutes } from "@/lib/requests/read-usual-minutes";
import { readStart } from "@/lib/requests/read-start";
import { readSample } from "@/lib/requests/read-sample";
import { MOST_VIEWS_WISHED, purposes, REASON_MAX, REASON_MIN, viewPresets } from "@/lib/requests/request";
import { requestBrief } from "@/lib/requests/request-brief";
import { ruleWords, unaskedWords } from "@/lib/requests/route";
import { lacking, ruleRequest } from "@/lib/requests/rule-request";
import { cappedByRule, ruledWords, wayWords } from "@/lib/requests/ruled-words";
import { stepViews } from "@/lib/requests/steps";

import type { RequestPreview } from "@/lib/requests/view";

/** What the approver of a request would read if it were sent as it stands, and who that is. Writes nothing. */
export async function previewRequest(
  ctx: Context,
  sketch: z.infer<typeof sketchSchema>,
  cohort: string | null = null,
): Promise<RequestPreview> {
  const table = await readTable(ctx, { tableId: sketch.tableId }, "request");
  const start = await readStart(ctx.db, ctx, sketch.notBefore);
  const asked = askedNow(table, { ...sketch, cohort, notBefore: start.notBefore });
  const { fields, records } = asked;
  const columnIds = fields.map((field) => field.columnId);
  const [ruled, sample] = await Promise.all([
    ruleRequest(ctx.db, ctx, table, asked),
    readSample(ctx, table, { records, columnIds }),
  ]);
  const { ruling, review } = ruled;
  const approvers = (review?.standing.people ?? []).map((one) => ({ id: one.id, name: voterName(one) }));
  const usual = await readUsualMinutes(ctx.db, approvers);
  const viewSeconds = Math.min(asked.viewSeconds, ruling.caps.viewSeconds);
  const maxViews = fewestViews(asked.maxViews, ruling.caps.views);
  const { withSession } = asked;
  const request = { ...sketch, fields, records, risk: ruling.risk, viewSeconds, maxViews, withSession };
  return {
    brief: requestBrief(
      { requester: ctx.actor, source: table.source, table, request, ownTitles: ownTitlesOf(table) },
      {
        cohort: cohort === null ? null : cohortWords(table, cohort),
        notBefore: start.words,
        parent: null,
      },
    ),
    sample,
    route: {
      outcome: ruling.outcome.kind,
      approvers: approvers.slice(0, 20),
      words: ruledWords(ruled, viewSeconds, usual),
      rule: [ruleWords(ruling.rule ?? "manager"), ...unaskedWords(ruling.answers)].join(" "),
      steps: review
        ? stepViews(review.route, review.standing, {
            ...{ votes: [], escalated: [], seated: review.eligible, standIns: review.standIns },
          })
        : [],
      emergency: ruling.breakGlass && review !== null,
      lacks: lacking(ruling).map((code) => refusalWords(code).what),
      asksPassword: ruling.needs.includes("step-up"),
      automatic: waysToAutomatic(ruled.compiled, ruled.signals).map(wayWords),
    },
    capped: cappedByRule(ruled, asked).join(" ") || asked.capped,
    startComplaint: start.complaint,
    choices: {
      purposes: Object.entries(purposes).map(([id, words]) => ({ id, words })),
      viewPresets,
      longestSeconds: Math.min(asked.longestSeconds, ruling.caps.viewSeconds),
      reasonMin: REASON_MIN,
      reasonMax: REASON_MAX,
      start: start.offered,
      mostViews: Math.min(MOST_VIEWS_WISHED, ruling.caps.views ?? MOST_VIEWS_WISHED),
    },
  };
}
