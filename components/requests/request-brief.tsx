import { CalendarClock, Eye, LogOut, Quote, Ticket } from "lucide";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Sensitivity, type SensitivityLevel } from "@/components/ui/sensitivity";
import { durationText } from "@/components/ui/time-text";
import type { AskedField, RequestBrief } from "@/lib/requests/view";
import { ChainNote } from "./chain-note";

/** What an approver reads first: who wants what of whom, for how long, and why. The sheet shows the very same. */
export function BriefView({ brief, sample }: { brief: RequestBrief; sample?: ReactNode }) {
  const records = `${brief.recordCount} ${brief.recordCount === 1 ? "record" : "records"}`;
  return (
    <div className="grid gap-4">
      <p className="text-base">
        <strong className="font-semibold">{brief.requester}</strong> wants to see{" "}
        <strong className="font-semibold">{fieldWords(brief.fields)}</strong> of{" "}
        <strong className="font-semibold">{records}</strong> in{" "}
        <span className="whitespace-nowrap">
          {brief.sourceLabel} · {brief.tableLabel}
        </span>{" "}
        for <strong className="font-semibold whitespace-nowrap">{durationText(brief.viewSeconds)}</strong>.
      </p>
      <Bounds brief={brief} />
      <ChainNote first={brief.extends} more={null} />
      {brief.cohort !== null && (
        <p className="text-sm text-ink-muted">
          All that matched when it was sent: <span className="text-ink">{brief.cohort}</span>. One that
          matches later is not among them.
        </p>
      )}
      <div className="grid gap-1.5 border-l-2 border-line-strong pl-3">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-muted">
          <span className="inline-flex items-center gap-1.5">
            <Icon of={Quote} aria-hidden size={13} />
            {brief.purpose}
          </span>
          {brief.ticket !== null && (
            <span className="inline-flex items-center gap-1.5">
              <Icon of={Ticket} aria-hidden size={13} />
              {brief.ticket}
            </span>
          )}
        </p>
        <p className="text-base wrap-anywhere whitespace-pre-line" dir="auto">
          {brief.reason || <span className="text-ink-faint">The reason stands here.</span>}
        </p>
      </div>
      <FieldList fields={brief.fields} />
      {sample}
    </div>
  );
}

/** What bounds the view beside its time: from when on, how often, in which session. */
function Bounds({ brief: { notBefore, maxViews, withSession } }: { brief: RequestBrief }) {
  if (notBefore === null && maxViews === null && !withSession) return null;
  return (
    <ul aria-label="Bounds" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {notBefore !== null && (
        <li className="inline-flex items-center gap-1.5">
          <Icon of={CalendarClock} aria-hidden size={14} className="text-ink-muted" />
          Not before {notBefore}
        </li>
      )}
      {maxViews !== null && (
        <li className="inline-flex items-center gap-1.5">
          <Icon of={Eye} aria-hidden size={14} className="text-ink-muted" />
          {maxViews === 1 ? "1 view" : `${maxViews} views`} at most
        </li>
      )}
      {withSession && (
        <li className="inline-flex items-center gap-1.5">
          <Icon of={LogOut} aria-hidden size={14} className="text-ink-muted" />
          Ends with the session
        </li>
      )}
    </ul>
  );
}

function fieldWords(fields: readonly AskedField[]): string {
  if (fields.length > 3) return `${fields.length} fields`;
  const names = fields.map((field) => field.name);
  return names.length < 2 ? (names[0] ?? "nothing") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function FieldList({ fields }: { fields: readonly AskedField[] }) {
  return (
    <ul aria-label="Fields" className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-2">
      {fields.map((field) => (
        <li key={field.columnId} className="flex min-w-0 items-center gap-2">
          <Sensitivity level={levelOf(field.sensitivity)} />
          <span className="truncate font-mono">{field.name}</span>
          <span className="truncate text-ink-muted">{field.classTitle}</span>
          <span className="ml-auto shrink-0 text-xs text-ink-muted">
            {field.level === "full" ? "full" : "a part"}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A sensitivity as the glyph takes it; what is unknown counts as the highest. */
export function levelOf(sensitivity: number): SensitivityLevel {
  return sensitivity === 1 || sensitivity === 2 || sensitivity === 3 ? sensitivity : 4;
}
