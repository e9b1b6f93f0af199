import type { AuditEntry } from "@/lib/audit/entry";
import type { Disclosing } from "@/lib/reports/disclosures/read-disclosures";

const told: Record<Disclosing, (entry: AuditEntry) => string> = {
  "reveal.opened": () => "Values were shown",
  "reveal.failed": () => "Values could not be read, or were not shown",
  "reveal.copied": () => "A value was copied",
  "field_check.answered": ({ details }) =>
    details?.["matches"] === true
      ? "A value was confirmed to match what somebody said"
      : "A value was said not to match",
  "lookup.answered": () => "The record was found by a value that was known",
};

/** What an event told whoever asked, in words. */
export function toldWords(entry: AuditEntry): string {
  return told[entry.code as Disclosing](entry);
}

/** What counts in the answer to a data subject, and how it is counted (GDPR Art. 15). */
export const accessNotes = [
  "The list has every time at which values of these records that are masked were about to be shown to somebody, were copied, were compared with what somebody said, or at which a record was found by such a value. Each is written before it happens, so the list can have one too many, and never one too few: “could not be read, or were not shown” takes the line before it back.",
  "Not listed: masked pages and masked exports, which show no value of a masked field; requests that nobody opened; and columns that a steward of the data has confirmed as clear, which everybody with access to the table sees.",
  "Recipients are employees of the controller. Their names are given only where that is necessary for the data subject to exercise their rights and weighs more than the rights of the employees (GDPR Art. 15(1)(c), 15(4); CJEU C-579/21, Pankki S). Whoever had them shown gave a justification, which is on record.",
  "A record whose key was erased on a request for erasure is not found, by intent. Entries that were pruned after the period for which the log is kept are missing. What was recorded before the log named records by references, or before the keys of a source with sensitive record keys were changed, is not found by this report.",
];

/** What counts as a disclosure and what is excluded, in an accounting under 45 CFR 164.528. */
export const accountingNotes = [
  "An accounting under 45 CFR 164.528 of the last six years at most: the date, who received the information, what was disclosed, and a statement of the purpose. The address of a recipient is that of the covered entity whose workforce they are members of.",
  "Glimpse records each time at which a person was shown, copied or had confirmed a value that is masked. It cannot tell a use by the workforce from a disclosure to others: all are listed, with the purpose that was stated and approved.",
  "164.528(a)(1) excludes disclosures to carry out treatment, payment and health care operations; to the individual; incident to a permitted use; under an authorization; for the facility’s directory or to persons involved in care; for national security; to correctional institutions or law enforcement; as part of a limited data set; and before the compliance date. Whoever hands this out leaves those out, by the purpose of each line.",
  "A health oversight agency or a law enforcement official may have the right of the individual to lines to them suspended for a time (164.528(a)(2)). Masked pages and exports are not listed: they show no value of a masked field. Where the log is kept for less than six years, what was pruned is missing.",
];
