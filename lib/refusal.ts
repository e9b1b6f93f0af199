import { erasureRefusals } from "@/lib/erasure/erasure-refusals";
import { stepUpRefusals } from "@/lib/auth/step-up-refusals";
import { grantRefusals } from "@/lib/grants/grant-refusals";
import { campaignRefusals } from "@/lib/campaigns/campaign-refusals";
import { secondPersonRefusals } from "@/lib/people/second-person-refusals";
import { textRefusals } from "@/lib/texts/text-refusals";

/** Every reason for which Glimpse says no, with the words people read: what happened, and what to do next. */
export const refusals = {
  ...grantRefusals,
  ...textRefusals,
  ...campaignRefusals,
  ...erasureRefusals,
  ...stepUpRefusals,
  ...secondPersonRefusals,
  "not-signed-in": ["You are not signed in.", "Sign in and try again."],
  "not-permitted": ["Your roles do not allow this.", "An admin can change your roles under People."],
  "not-found": [
    "There is nothing here, or nothing that you may see.",
    "Check the address, or go back to the list.",
  ],
  "changed-meanwhile": [
    "Somebody else changed this a moment ago.",
    "Nothing was changed. Load the page again to see how it stands.",
  ],
  "own-request": ["This is your own request.", "Another approver has to decide it."],
  "not-an-approver": [
    "You are not one of the approvers of this request.",
    "Its page names the people who can decide.",
  ],
  "own-retention": [
    "This waits for a second person, and you are the first.",
    "An auditor or another admin has to decide it.",
  ],
  "already-voted": ["You have decided this request already.", "One person fills one seat."],
  "voted-for-you": [
    "Whoever stands in for you has decided this request in your place.",
    "One seat is filled once. Its page names who decided.",
  ],
  "reminded-lately": [
    "They have heard of this request a short time ago.",
    "Nobody was reminded. Its page says when you can remind them.",
  ],
  "already-decided": [
    "This request has been decided already.",
    "Nothing was changed. Its page shows the decision.",
  ],
  "request-expired": ["Nobody decided this request in time.", "Ask again if the values are still needed."],
  "seat-ended": [
    "Your seat in this request has ended.",
    "A link for a new password of yours was made after it was sent. Another approver decides it.",
  ],
  "request-closed": [
    "This request was closed: what it asks for has changed.",
    "Its page says what changed. Ask again if the values are still needed.",
  ],
  "nobody-can-approve": [
    "Nobody can approve this request.",
    "Nothing was sent. An admin can name your manager under People.",
  ],
  "emergency-not-allowed": [
    "This cannot be opened as an emergency.",
    "Its rule does not allow it. The people that its page names can decide it.",
  ],
  "emergencies-spent": [
    "You have opened three emergencies in 24 hours.",
    "Nothing was opened. The people that the page names can decide it.",
  ],
  "review-over": [
    "Somebody else has judged this already.",
    "Nothing was changed. Load the page again to see what they found.",
  ],
  "not-a-reviewer": [
    "You are not one of those who may judge this.",
    "It is for approvers who could have decided it.",
  ],
  "access-stopped": [
    "An admin has stopped this access.",
    "Nothing was opened, sent or compared. The notice above the page says why; an admin can lift the stop under People.",
  ],
  "stopped-already": ["This is stopped already.", "Nothing was changed. The list says by whom and why."],
  "ticket-needed": [
    "This can be asked for with a ticket only.",
    "Nothing was sent. Name the ticket and send it again.",
  ],
  "purpose-not-allowed": [
    "The policy does not allow these fields for this purpose.",
    "Nothing was sent. Choose the purpose that fits, or leave fields out.",
  ],
  "records-over-rule": [
    "The policy allows fewer records of these fields at once.",
    "Nothing was sent. Choose fewer records.",
  ],
  "partial-only": [
    "The policy allows only a part of these values.",
    "Nothing was sent. Ask for the partial form.",
  ],
  "policy-unsound": [
    "This policy cannot be used as it is.",
    "Nothing was changed. Mend the marked rules and save it again.",
  ],
  "policy-untested": [
    "This policy has not passed its tests since it was changed.",
    "Run its scenarios first; all of them have to pass.",
  ],
  "policy-locks-out": [
    "This policy denies everything that anybody could ask for.",
    "Nothing was changed. To stop all access for a time, an admin sets a stop under People.",
  ],
  "replay-too-long": [
    "Trying this policy on the past takes too long.",
    "Nothing was changed. Make its conditions simpler and try again.",
  ],
  "policy-own": ["You have written a part of this policy.", "Somebody else has to activate it."],
  "policy-not-a-draft": [
    "This version cannot be changed any more.",
    "Take a new draft from it, which keeps both on record.",
  ],
  "step-empty": [
    "A step of this policy has nobody who could fill it.",
    "Nothing was changed. Give the group enough approvers, or name others.",
  ],
  "group-exists": ["There is a group of this short name already.", "Choose another short name."],
  widened: [
    "A decision can narrow a request, never widen it.",
    "Choose among the fields, records and time that were asked for.",
  ],
  "not-narrower": [
    "This leaves everything as it was asked.",
    "Take a field, a part of the values, a record or time away, or approve it as it is.",
  ],
  "no-partial-form": ["A field has no partial form.", "Leave it out, or approve its full value."],
  "request-altered": [
    "This request is not what was sent.",
    "It was changed outside Glimpse, so nobody can decide it. Tell an admin.",
  ],
  "class-never-opens": [
    "Values of this class are never shown to anybody.",
    "Leave the field out and send the request again.",
  ],
  "field-not-maskable": [
    "One of the fields cannot be requested.",
    "It is clear already, or not yet confirmed by a steward.",
  ],
  "no-stable-key": [
    "Records of this table cannot be named.",
    "It has no primary key, so it can be browsed but not revealed.",
  ],
  "too-many-records": ["Too many records at once.", "A request holds at most 100 records."],
  "cohort-too-large": [
    "More than 500 records match.",
    "Nothing was sent. Filter further, so that 500 or fewer are left.",
  ],
  "cohort-empty": [
    "No record matches these filters now.",
    "Nothing was sent. Change a filter and try again.",
  ],
  "cohort-unsound": [
    "These filters do not fit the table as it is now.",
    "Nothing was sent. Open the table and filter it again.",
  ],
  "not-searchable": [
    "Records cannot be looked up by this column.",
    "Its values are clear, not confirmed, or too easily guessed.",
  ],
  "not-checkable": [
    "This field cannot be compared with what somebody says.",
    "It is clear, not confirmed, or three guesses would tell too much.",
  ],
  "lookups-spent": [
    "Too many lookups in an hour.",
    "Every lookup tells a little of what is masked. Wait, or request the values you need.",
  ],
  "downloads-full": [
    "You have five downloads under way already.",
    "Wait until one of them has ended, or cancel one.",
  ],
  "download-over": ["This download is over.", "Start it again if you still need it."],
  "exports-spent": ["Too many exports in an hour.", "Wait, or narrow the one you need."],
  "too-many-views": [
    "You keep 50 views of this table already, and there is no room for more.",
    "Nothing was saved. Remove a view first.",
  ],
  "checks-spent": [
    "Too many tries for today.",
    "Nothing was compared. Request the value if you still need it.",
  ],
  "column-changed": [
    "The column has changed since the request was approved.",
    "A steward has to confirm it again first.",
  ],
  "source-unreachable": [
    "The source does not answer.",
    "Nothing was shown. Try again shortly; a steward can test the connection.",
  ],
  "source-failed": [
    "The source could not answer this.",
    "Nothing was shown. A steward can test the connection under Catalogue.",
  ],
  "discovery-running": [
    "The discovery of this source is running already.",
    "Nothing was started. Its page shows how far it is.",
  ],
  "discovery-over": [
    "There is no discovery here that this could be done to.",
    "Nothing was changed. Load the page again to see how it stands.",
  ],
  "nothing-to-confirm": [
    "There is nothing to confirm.",
    "Nothing was changed. All of it is confirmed already, or waits for a look of its own.",
  ],
  "class-fixed": [
    "This class cannot be changed like that.",
    "Built-in classes take a stricter mask alone, and those that open for nobody take none.",
  ],
  "class-in-use": [
    "This would weaken a class that columns are of.",
    "Nothing was changed. Tick that you mean it: the grants on these columns end.",
  ],
  "connection-sealed": [
    "The stored connection of this source cannot be opened.",
    "GLIMPSE_KEY is not the one it was stored with. A steward can enter the connection again under Catalogue.",
  ],
  "source-not-filled": [
    "This materialised view has not been filled yet.",
    "Its owner fills it with REFRESH MATERIALIZED VIEW.",
  ],
  "views-stale": [
    "The views of this source are out of date.",
    "Nothing was read. Its owner must run the SQL of its connection page again; a steward has it.",
  ],
  "hardened-source": [
    "The database of this source masks, so that its connection cannot be changed alone.",
    "Nothing was changed. Let the console mask again first, under Who masks.",
  ],
  "not-hardened": [
    "The database does not hold what it should before it masks.",
    "Nothing was changed. Mend what the list says, then check again.",
  ],
  "source-slow": ["The source took too long to answer.", "Narrow the filter or sort by an indexed column."],
  "not-recorded": ["The audit log could not be written.", "Nothing was shown or changed. Tell an admin."],
  "locked-out": ["Too many failed sign-ins.", "Wait a few minutes, then try again."],
  "wrong-credentials": [
    "The e-mail address or the password is wrong.",
    "Try again, or ask an admin for a new invitation.",
  ],
  "sign-in-unavailable": [
    "Sign-in does not work at the moment.",
    "Nothing was changed. Try again shortly, or tell an admin.",
  ],
  "no-mail-server": ["No mail server is configured.", "Nothing was sent. An operator can name one."],
  "too-fast": ["Too many requests in a short time.", "Wait a minute, then try again."],
  "link-invalid": [
    "This link does not work any more.",
    "It was used already or has run out. Ask an admin for a new one.",
  ],
  "own-rights": ["Nobody changes their own rights.", "Another admin has to do it."],
  "manager-circle": [
    "This would make people their own managers, one by way of another.",
    "Choose somebody else as the manager.",
  ],
  "last-admin": ["This would leave Glimpse without an admin.", "Make somebody else an admin first."],
} as const satisfies Record<string, readonly [string, string]>;

export type RefusalCode = keyof typeof refusals;

/** A no that is expected: it has a code for the log and words for people, and carries no value. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** Messages by the name of a form field, for "bad-input". */
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: RefusalCode, fields: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = "Refusal";
    this.code = code;
    this.fields = fields;
  }
}

/** The two sentences of a refusal: what happened, and what to do next. */
export function refusalWords(code: RefusalCode): { what: string; next: string } {
  const [what, next] = refusals[code];
  return { what, next };
}
