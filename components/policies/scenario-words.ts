import type { Policy, RequestSignals } from "@/lib/policies/view";
import { secondsWords, type Names } from "./policy-words";
import { dayNames } from "./risk-words";

type Scenario = Policy["scenarios"][number];
type Lines = ReadonlyMap<string, string>;

const outcomes = { auto: "granted at once", review: "decided by people", deny: "denied" } as const;
const yes = (value: boolean | null) => (value === null ? "not known" : value ? "yes" : "no");
const known = (value: number | null) => (value === null ? "not known" : String(value));
const listed = (all: readonly string[]) => (all.length === 0 ? "none" : all.join(", "));

/** A scenario in one sentence. */
export function scenarioWords({ given, expect }: Scenario, names: Names): string {
  const fields = given.fields.map((field) => field.class).join(", ");
  return `${fields} of ${given.records} record${given.records === 1 ? "" : "s"}, groups ${listed(given.requester.groups.map((id) => names[id] ?? id))}: ${expectedWords(expect)}`;
}

/** Every part of a scenario by its name, in words. */
export function scenarioLines({ given, expect }: Scenario, names: Names): Lines {
  return new Map([
    ...askedLines(given),
    ["Roles", listed(given.requester.roles)],
    ["Groups", listed(given.requester.groups.map((id) => names[id] ?? id))],
    ["First time on the table", yes(given.firstOnTable)],
    ["A browser not seen before", yes(given.newDevice)],
    ["Records seen in 7 days", known(given.subjectsSeen)],
    ["Denials in 30 days", known(given.denials)],
    ["Minutes since the password", known(given.signedInMinutes)],
    ["Hour of the day", known(given.hour)],
    [
      "Day of the week",
      given.weekday === null ? "not known" : (dayNames[given.weekday - 1] ?? String(given.weekday)),
    ],
    ["Has to be", expectedWords(expect)],
  ]);
}

function askedLines(given: RequestSignals): [string, string][] {
  const { table } = given;
  return [
    ["Table", `${table.source}/${table.schema}.${table.name}`],
    ["Fields", given.fields.map(fieldWords).join("; ")],
    ["Records", String(given.records)],
    ["For all that match a filter", yes(given.allMatching)],
    ["View time", secondsWords(given.viewSeconds)],
    ["Purpose", given.purpose],
    ["Ticket", yes(given.ticket)],
    ["Asks for", extensionWords(given)],
    ["Emergency", yes(given.breakGlass)],
    ["Sent from", given.channel],
  ];
}

function extensionWords({ extension }: RequestSignals): string {
  if (!extension) return "a first request";
  return `more time for what ${extension.automatic ? "was granted at once" : "people had decided"}`;
}

function fieldWords({ name, class: id, sensitivity, level, own, group }: RequestSignals["fields"][number]) {
  const kind = own === true ? `own class, ${group ?? "of no group"}` : (group ?? "");
  return `${name}: ${id}${kind && ` (${kind})`}, sensitivity ${sensitivity}, ${level}`;
}

function expectedWords({ outcome, rule, viewSeconds }: Scenario["expect"]): string {
  const by = rule === undefined ? "" : rule === null ? ", by no rule" : `, by “${rule}”`;
  return `${outcomes[outcome]}${by}${viewSeconds === undefined ? "" : `, for ${secondsWords(viewSeconds)}`}`;
}

/** The lines that read otherwise: "Records: 1 → 5". */
export function changedLines(was: Lines, is: Lines): string[] {
  return [...is].flatMap(([what, words]) => {
    const before = was.get(what) ?? "none";
    return before === words ? [] : [`${what}: ${before} → ${words}`];
  });
}
