"use server";

import {
  scheduleIdSchema,
  scheduleReport,
  scheduleSchema,
  stopSchedule,
} from "@/lib/reports/schedule-report";
import { askReport, askReportSchema } from "@/lib/reports/report-address";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

export async function ask(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "ask-report",
    permission: "reports",
    input: askReportSchema,
    deed: askReport,
  } as const;
  return runForm(action, form, { message: "The report is made", redirectTo: ({ href }) => href });
}

export async function schedule(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "schedule-report",
    permission: "reports",
    input: scheduleSchema,
    deed: scheduleReport,
    refused: "report.schedule_refused",
  } as const;
  return runForm(action, form, { message: "It comes by mail. The page of reports has all that do." });
}

export async function endScheduled(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "stop-scheduled-report",
    permission: "reports",
    input: scheduleIdSchema,
    deed: stopSchedule,
    refused: "report.schedule_refused",
  } as const;
  return runForm(action, form, { message: "It comes by mail no more" });
}
