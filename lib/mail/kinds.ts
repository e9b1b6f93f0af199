import type { EventCode } from "@/lib/audit/codes";
import type { Permission } from "@/lib/auth/permissions";
import { said, type MailFacts, type Said } from "@/lib/mail/words";

/** How somebody is told: by a message at once, in the one of the day, or not. */
export const hows = ["now", "digest", "never"] as const;
export type How = (typeof hows)[number];

/**
 * Whom a kind is for: those who may decide now, whom an escalation told, whose request it is, who asked about it, whom an emergency skipped, who
 * may judge it, auditors whom a case does not concern, for whose confirmation access waits, whose access goes unless
 * somebody confirms it, who did it, whom it was done to, to whom a report goes.
 */
export type Audience =
  | "deciders"
  | "told"
  | "requester"
  | "askers"
  | "skipped"
  | "reviewers"
  | "auditors"
  | "confirmers"
  | "lapsing"
  | "actor"
  | "person"
  | "subscribers";

export type MailKind = {
  /** As the page of one's wishes names it. */
  title: string;
  help: string;
  choices: readonly How[];
  usual: How;
  /** Why the choices that are missing are missing. */
  fixed?: string;
  /** Goes out alone, and through quiet hours, where it goes out at once. */
  urgent?: true;
  /** What somebody must be allowed to when it is sent. */
  for: Permission;
  to: Audience;
  /** The events that bring it about; none where the clock does. */
  on: readonly EventCode[];
  /** What must still be so when it is sent. */
  while?: "waits" | "unanswered" | "grant-lives" | "over" | "unjudged";
  /** Told once for each step of a request and person, whatever events that step sees. */
  once?: "step";
  says: (facts: MailFacts) => Said;
};

/**
 * Everything that Glimpse writes to people about. To add a kind, add it here: whom it is for, the events that bring it
 * about and what it says. All else follows from this table.
 */
export const mailKinds = {
  decision_wanted: {
    title: "A decision is wanted from me",
    help: "A request waits for a step that you may decide.",
    choices: ["now", "digest"],
    usual: "now",
    fixed: "Not never: somebody waits, and maybe for you alone.",
    for: "decide",
    to: "deciders",
    on: ["request.submitted", "request.endorsed", "request.rerouted"],
    while: "waits",
    once: "step",
    says: said.decisionWanted,
  },
  reminder: {
    title: "I am reminded of a decision",
    help: "A request that I may decide has waited for a part of its time, or its requester asks again.",
    choices: ["now", "digest", "never"],
    usual: "now",
    for: "decide",
    to: "deciders",
    on: ["request.reminded"],
    while: "waits",
    says: said.reminder,
  },
  escalated: {
    title: "A request has waited too long",
    help: "A step has waited for its time, and its rule has me told.",
    choices: ["now", "digest"],
    usual: "now",
    fixed: "Not never: a rule counts on you.",
    for: "home",
    to: "told",
    on: ["request.escalated"],
    while: "waits",
    says: said.escalated,
  },
  decided: {
    title: "My request is decided",
    help: "Approved, approved for less, denied, or closed without a decision.",
    choices: ["now", "digest", "never"],
    usual: "now",
    for: "request",
    to: "requester",
    on: ["request.approved", "request.narrowed", "request.denied", "request.expired", "request.closed"],
    says: said.decided,
  },
  question: {
    title: "I am asked a question",
    help: "Somebody who may decide my request wants to know something first.",
    choices: ["now", "digest"],
    usual: "now",
    fixed: "Not never: your request may wait for the answer.",
    for: "request",
    to: "requester",
    on: ["request.question_asked"],
    while: "unanswered",
    says: said.question,
  },
  answer: {
    title: "My question is answered",
    help: "The requester has answered what I asked about a request.",
    choices: ["now", "digest", "never"],
    usual: "now",
    for: "decide",
    to: "askers",
    on: ["request.question_answered"],
    says: said.answer,
  },
  ending: {
    title: "My grant is about to end",
    help: "Half an hour before one that was not opened lapses, 5 minutes before one of 15 minutes or more ends.",
    choices: ["now", "never"],
    usual: "now",
    fixed: "Not in the digest: it would come too late.",
    for: "reveal",
    to: "requester",
    on: [],
    while: "grant-lives",
    says: said.ending,
  },
  ended: {
    title: "My grant has ended",
    help: "Its time was over, or it was not opened in time.",
    choices: ["now", "digest", "never"],
    usual: "digest",
    for: "request",
    to: "requester",
    on: ["grant.ended", "grant.lapsed"],
    while: "over",
    says: said.ended,
  },
  revoked: {
    title: "My grant was revoked",
    help: "Somebody ended it, or what it opened has changed.",
    choices: ["now", "digest", "never"],
    usual: "now",
    urgent: true,
    for: "request",
    to: "requester",
    on: ["grant.revoked"],
    says: said.revoked,
  },
  break_glass: {
    title: "An emergency has skipped me",
    help: "Somebody opened at once what you could have decided.",
    choices: ["now"],
    usual: "now",
    fixed: "Always at once: what was opened without you may need you now.",
    urgent: true,
    for: "decide",
    to: "skipped",
    on: ["emergency.opened"],
    says: said.breakGlass,
  },
  review_due: {
    title: "A review is due",
    help: "What opened before anybody had decided is still not judged, 4 hours before its time, and once it is late.",
    choices: ["now", "digest", "never"],
    usual: "now",
    for: "decide",
    to: "reviewers",
    on: [],
    while: "unjudged",
    says: said.reviewDue,
  },
  case_opened: {
    title: "Something unusual was found",
    help: "A case waits for the judgement of an auditor. Of one that concerns you, you are not told.",
    choices: ["now", "digest"],
    usual: "now",
    fixed: "Not never: nobody else judges it.",
    for: "audit",
    to: "auditors",
    on: ["case.opened"],
    says: said.caseOpened,
  },
  report_due: {
    title: "A report has come",
    help: "A report that an auditor has set to come each week or month, as a link.",
    choices: ["now", "digest", "never"],
    usual: "now",
    for: "reports",
    to: "subscribers",
    on: ["report.due"],
    says: said.reportDue,
  },
  passkey_added: {
    title: "A passkey was registered for me",
    help: "It signs my approvals from then on.",
    choices: ["now"],
    usual: "now",
    fixed: "Always at once: if it was not you, somebody has your password.",
    urgent: true,
    for: "home",
    to: "actor",
    on: ["passkey.added"],
    says: said.passkeyAdded,
  },
  passkey_removed: {
    title: "A passkey of mine was removed",
    help: "By me, or by an admin because it was lost.",
    choices: ["now"],
    usual: "now",
    fixed: "Always at once: without it your approvals may be asked for without a signature.",
    urgent: true,
    for: "home",
    to: "person",
    on: ["passkey.removed"],
    says: said.passkeyRemoved,
  },
  access_wanted: {
    title: "Access waits for my confirmation",
    help: "A campaign has begun that asks what people who report to me still need.",
    choices: ["now", "digest"],
    usual: "now",
    fixed: "Not never: nobody else is asked.",
    for: "home",
    to: "confirmers",
    on: ["campaign.started"],
    says: said.accessWanted,
  },
  access_reminder: {
    title: "I am reminded of access to confirm",
    help: "A week before a campaign ends, the day before, and when it is overdue.",
    choices: ["now", "digest"],
    usual: "now",
    fixed: "Not never: what you leave undecided may be removed.",
    for: "home",
    to: "confirmers",
    on: ["campaign.reminded"],
    says: said.accessReminder,
  },
  access_lapsing: {
    title: "What I may do here is about to end",
    help: "A campaign removes what nobody has confirmed: a week before its end, and the day before.",
    choices: ["now", "digest"],
    usual: "now",
    fixed: "Not never: only you know that you still need it.",
    for: "home",
    to: "lapsing",
    on: ["campaign.reminded"],
    says: said.accessLapsing,
  },
  test: {
    title: "A message to try",
    help: "Sent by an admin to themselves.",
    choices: ["now"],
    usual: "now",
    urgent: true,
    for: "people",
    to: "actor",
    on: ["mail.test_asked"],
    says: said.test,
  },
} as const satisfies Record<string, MailKind>;

export type KindName = keyof typeof mailKinds;

/** A kind by its stored name; null for one that this version does not know. */
export function kindOf(name: string): MailKind | null {
  return Object.hasOwn(mailKinds, name) ? mailKinds[name as KindName] : null;
}

/** The kinds that events bring about, by their codes. */
export function kindsOn(code: EventCode): KindName[] {
  return kindNames.filter((name) => (mailKinds[name] as MailKind).on.includes(code));
}

export const kindNames = Object.keys(mailKinds) as KindName[];

/** Every code that somebody is written to about. */
export const toldCodes: readonly EventCode[] = [
  ...new Set(kindNames.flatMap((name) => (mailKinds[name] as MailKind).on)),
];
