import "server-only";
import type { Context } from "@/lib/auth/context";
import { campaignTable, confirmationTable } from "@/lib/reports/access-review/campaigns";
import { conflictTable, countConflicts } from "@/lib/reports/access-review/conflicts";
import { grantTable } from "@/lib/reports/access-review/grants";
import { movementTable, removalTable } from "@/lib/reports/access-review/movements";
import { countPeople, peopleTable, rightsTable } from "@/lib/reports/access-review/people";
import { slowestRemoval } from "@/lib/reports/access-review/removals";
import { unwiseTable } from "@/lib/reports/access-review/unwise";
import { approverTable, stepTable } from "@/lib/reports/access-review/who-approves";
import { emergencyTable } from "@/lib/reports/approvals/list-decisions";
import { reportKind, type AsOf, type Report } from "@/lib/reports/report";
import { onlySpan, spanWords } from "@/lib/reports/span";

type Span = { from: string; to: string };

/** Who may do what, who gave it, what was taken and how fast, conflicts of duty, and who confirmed it. */
export const accessReview = reportKind<Span>({
  id: "access-review",
  title: "Access review",
  question:
    "Who may do what, who gave it to them, how fast is it gone when it is taken, and does anybody hold both sides?",
  basis: ["SOC 2 CC6.1 to CC6.3", "ISO/IEC 27001 A.5.3, A.5.15, A.5.18, A.8.2", "PCI DSS 7.2.4, 8.2.5"],
  permission: "reports",
  fields: [{ kind: "span", usualDays: 90 }],
  input: onlySpan,
  build,
});

async function build(ctx: Context, span: Span, asOf: AsOf): Promise<Report> {
  const reading = { ctx, span, asOf };
  const [people, found, slowest] = await Promise.all([
    countPeople(ctx),
    countConflicts(ctx, asOf),
    slowestRemoval(reading),
  ]);
  return {
    title: "Access review",
    filters: [["Grants, changes and campaigns", spanWords(span)]],
    sections: [
      {
        kind: "numbers",
        title: "At a glance",
        figures: [
          { label: "Active people", value: people.active, kind: "number" },
          { label: "Approvers", value: people.approvers, kind: "number", note: "active" },
          { label: "Admins", value: people.admins, kind: "number", note: "active" },
          { label: "Conflicts of duty", value: found, kind: "number", note: "none is expected" },
          { label: "Removals in this time", value: slowest.count, kind: "number" },
          {
            label: "Slowest removal (ms)",
            value: slowest.ms,
            kind: "number",
            note: "to the end of the last session and grant",
          },
          {
            label: "Reveals after a removal",
            value: slowest.after,
            kind: "number",
            note: "none is expected",
          },
        ],
      },
      conflictTable(reading),
      unwiseTable(reading),
      peopleTable(reading),
      rightsTable(reading),
      approverTable(reading),
      stepTable(reading),
      grantTable(reading),
      emergencyTable(reading),
      movementTable(reading),
      removalTable(reading),
      campaignTable(reading),
      confirmationTable(reading),
      { kind: "text", title: "How it is counted", paragraphs: countedSo },
    ],
  };
}

const countedSo = [
  "People, roles, groups, owners, approvers and substitutes are as they stood when this report was made. Who gave a right, and all changes, are taken from the audit log up to the size that is named above. Days are in UTC.",
  "Time to effect is from the event that took access away, on the clock of the control database, to the event or moment at which the last session and the last grant of that person ended. All of it happens in one transaction: it is milliseconds, and 0 where the end was written before the event that says so. A role that is taken ends no session; every page and action reads the roles again, so that the next one is refused.",
  "Entries that were pruned after the period for which the log is kept are missing: a right that is older than they reach has nobody who gave it, and changes of before are not listed.",
  "A refused reveal after a removal was tried and got nothing. A reveal that was opened after a removal, before access was given again, would be a fault of the product; its expected number is none.",
  "A conflict of duty is one person on both sides of a check that needs two. The first list names those that the database itself refuses, and looks whether there is one all the same; the second those that are allowed and unwise.",
];
