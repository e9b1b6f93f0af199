import type { Policy } from "@/lib/policies/view";
import { readMenus, rowWords } from "./menus";

export type Rule = Policy["rules"][number];
export type Outcome = Rule["outcome"];
export type Who = Policy["fallback"][number];
/** The names of people by their ids; of groups by their short names. */
export type Names = Readonly<Record<string, string>>;

/** When a rule matches, in words; a condition that the menus cannot say is its own text. */
export function whenWords(when: string): { words: string; isText: boolean } {
  const rows = readMenus(when);
  if (!rows) return { words: when, isText: true };
  return { words: rows.length === 0 ? "always" : rows.map(rowWords).join(", and "), isText: false };
}

/** What a rule does: at once, by whom, or not at all. */
export function outcomeWords(outcome: Outcome, names: Names): string {
  if (outcome.kind === "auto") return "Granted at once";
  if (outcome.kind === "deny") return `Denied: “${outcome.words}”`;
  const steps = outcome.steps.map(({ anyOf }) =>
    anyOf.map((one) => seatWords(one.who, one.count, names)).join(" or "),
  );
  return `Decided by ${steps.join(", then ")}`;
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
    rule.stepUp ? "fresh sign-in needed" : "",
    rule.purposes.length > 0 ? `only for ${rule.purposes.join(", ")}` : "",
    rule.breakGlass ? "an emergency may open it" : "",
    rule.shadow ? "only watches" : "",
  ].filter(Boolean);
}

/** "10 minutes", "90 seconds". */
export function secondsWords(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} second${seconds === 1 ? "" : "s"}`;
  return seconds === 60 ? "1 minute" : `${seconds / 60} minutes`;
}

const numeral = (count: number) => ["none", "one", "two", "three", "four", "five"][count] ?? String(count);
