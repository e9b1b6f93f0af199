import type { Policy } from "@/lib/policies/view";
import type { Titles } from "./class-titles";
import { readMenus, rowWords } from "./menus";

export type Rule = Policy["rules"][number];
export type Outcome = Rule["outcome"];
export type Step = Extract<Outcome, { kind: "review" }>["steps"][number];
export type Escalation = NonNullable<Step["escalate"]>;
/** Who fills a seat, or is told that a step waits. */
export type Who = Policy["fallback"][number] | Escalation["tell"][number];
/** The names of people by their ids; of groups by their short names. */
export type Names = Readonly<Record<string, string>>;

/** When a rule matches, in words; a condition that the menus cannot say is its own text. */
export function whenWords(when: string, titles: Titles): { words: string; isText: boolean } {
  const rows = readMenus(when);
  if (!rows) return { words: when, isText: true };
  return {
    words: rows.length === 0 ? "always" : rows.map((row) => rowWords(row, titles)).join(", and "),
    isText: false,
  };
}

/** What a rule does: at once, by whom, or not at all. */
export function outcomeWords(outcome: Outcome, names: Names): string {
  if (outcome.kind === "auto") return "Granted at once";
  if (outcome.kind === "deny") return `Denied: “${outcome.words}”`;
  return `Decided by ${outcome.steps.map((step) => stepWords(step, names)).join(", then ")}`;
}

function stepWords({ anyOf, escalate }: Step, names: Names): string {
  const people = anyOf.map((one) => seatWords(one.who, one.count, names)).join(" or ");
  return escalate ? `${people} (${escalationWords(escalate, names)})` : people;
}

/** "after 2 hours the manager’s manager is told and may decide too". */
export function escalationWords({ afterMinutes, tell, mayDecide }: Escalation, names: Names): string {
  const told = tell.map((who) => toldWords(who, names)).join(" and ");
  const isOne = tell.length === 1 && (tell[0]?.kind === "manager" || tell[0]?.kind === "managers-manager");
  const deeds = `${isOne ? "is" : "are"} told${mayDecide ? " and may decide too" : ""}`;
  return `after ${minutesWords(afterMinutes)} ${told} ${deeds}`;
}

function toldWords(who: Who, names: Names): string {
  switch (who.kind) {
    case "group":
      return names[who.group] ?? who.group;
    case "table-owners":
      return "the owners of the table";
    case "class-owners":
      return "the owners of the data class";
    case "approvers":
      return "all approvers";
    case "policy-admins":
      return "the policy admins";
    case "people":
      return who.ids.map((id) => names[id] ?? "somebody who is gone").join(" and ");
    default:
      return seatWords(who, 1, names);
  }
}

/** "after 50 % and 90 % of the time; whoever asked, once in 30 minutes". */
export function reminderWords({ shares, minutes, nudgeMinutes }: Policy["reminders"]): string {
  const moments = [
    ...shares.map((share) => `${Math.round(share * 100)} % of the time`),
    ...minutes.map(minutesWords),
  ];
  const byGlimpse = moments.length === 0 ? "none by Glimpse" : `after ${moments.join(" and ")}`;
  return `${byGlimpse}; by whoever asked, once in ${minutesWords(nudgeMinutes)}`;
}

/** "90 minutes", "2 hours". */
function minutesWords(minutes: number): string {
  if (minutes % 60 !== 0 || minutes === 0) return `${minutes} minute${minutes === 1 ? "" : "s"}`;
  return minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
}

/** Who fills a seat, and how many of them. */
export function seatWords(who: Who, count: number, names: Names): string {
  switch (who.kind) {
    case "manager":
      return "the manager";
    case "managers-manager":
      return "the manager’s manager";
    case "group":
      return `${numeral(count)} of ${names[who.group] ?? who.group}`;
    case "table-owners":
      return `${numeral(count)} of the owners of the table`;
    case "class-owners":
      return `${numeral(count)} of the owners of the data class`;
    case "policy-admins":
      return "a policy admin";
    case "approvers":
      return count === 1 ? "any approver" : `${numeral(count)} approvers`;
    case "people":
      return `${numeral(count)} of ${who.ids.map((id) => names[id] ?? "somebody who is gone").join(", ")}`;
  }
}

/** What a rule caps and demands, each as a few words. */
export function termWords(rule: Rule): string[] {
  const { caps } = rule;
  return [
    caps.viewSeconds === undefined ? "" : `at most ${secondsWords(caps.viewSeconds)}`,
    caps.records === undefined ? "" : `at most ${caps.records} record${caps.records === 1 ? "" : "s"}`,
    caps.level === "partial" ? "parts of values only" : "",
    caps.views === undefined ? "" : `at most ${caps.views} view${caps.views === 1 ? "" : "s"}`,
    rule.ticketNeeded ? "ticket needed" : "",
    rule.stepUp ? "fresh password needed" : "",
    rule.passkey ? "passkey needed" : "",
    rule.purposes.length > 0 ? `only for ${rule.purposes.join(", ")}` : "",
    rule.breakGlass ? "an emergency may open it" : "",
    rule.autoExtension ? "gives more time by itself" : "",
    rule.shadow ? "only watches" : "",
  ].filter(Boolean);
}

/** "10 minutes", "90 seconds". */
export function secondsWords(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} second${seconds === 1 ? "" : "s"}`;
  return seconds === 60 ? "1 minute" : `${seconds / 60} minutes`;
}

/** "5 in a hundred", "none". */
export function percentWords(share: number): string {
  return share === 0 ? "none is" : `${Number((share * 100).toFixed(2))} in a hundred are`;
}

const numeral = (count: number) => ["none", "one", "two", "three", "four", "five"][count] ?? String(count);

const decided = { auto: "granted at once", review: "decided by people", deny: "denied" } as const;

/** What a rule that only watches would have done, and how often: "12 requests would have been denied". */
export function watchedWords(
  lines: readonly { would: keyof typeof decided; was?: keyof typeof decided; requests: number }[],
): string {
  const [first] = lines;
  if (!first) return "No request so far.";
  const all = lines.reduce((sum, line) => sum + line.requests, 0);
  const count = (n: number) => n.toLocaleString("en-US");
  const instead = lines.flatMap(({ was, requests }) =>
    was === undefined ? [] : [`${count(requests)} ${requests === 1 ? "was" : "were"} ${decided[was]}`],
  );
  const head = `${count(all)} request${all === 1 ? "" : "s"} would have been ${decided[first.would]}`;
  return `${[head, ...instead].join("; ")}.`;
}
