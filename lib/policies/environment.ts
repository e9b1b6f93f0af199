import { Environment } from "@marcbachmann/cel-js";
import { dataClass } from "@/lib/catalog/classes";
import { highestSensitivity, isOutOfHours, type Risk, type RiskWeights } from "@/lib/policies/risk";
import type { RequestSignals } from "@/lib/policies/signals";

type Facts = { signals: RequestSignals; risk: Risk; weights: RiskWeights };
type Value = string | boolean | bigint | string[];
type Variable = {
  type: "string" | "bool" | "int" | "list<string>";
  words: string;
  /** Its value, or null where the signal is missing. */
  read: (facts: Facts) => Value | null;
};

const int = (value: number | null) => (value === null ? null : BigInt(value));
const distinct = (values: readonly string[]) => [...new Set(values)];

/** Every word that a condition may use: its type, what it means, and where it comes from. */
export const variables: Readonly<Record<string, Variable>> = {
  "request.purpose": {
    type: "string",
    words: "The purpose code, such as `customer-contact`",
    read: ({ signals }) => signals.purpose,
  },
  "request.ticket": {
    type: "bool",
    words: "Whether a ticket was named",
    read: ({ signals }) => signals.ticket,
  },
  "request.records": {
    type: "int",
    words: "How many records are asked for",
    read: ({ signals }) => int(signals.records),
  },
  "request.all_matching": {
    type: "bool",
    words: "Whether it is for all records that match a filter",
    read: ({ signals }) => signals.allMatching,
  },
  "request.view_seconds": {
    type: "int",
    words: "The view time asked for, in seconds",
    read: ({ signals }) => int(signals.viewSeconds),
  },
  "request.break_glass": {
    type: "bool",
    words: "Whether it was sent as an emergency",
    read: ({ signals }) => signals.breakGlass,
  },
  "request.extension": {
    type: "bool",
    words: "Whether it asks for more time for what was granted before",
    read: ({ signals }) => signals.extension !== undefined,
  },
  "request.channel": {
    type: "string",
    words: "Where it was sent from: `console` or `api`",
    read: ({ signals }) => signals.channel,
  },
  "requester.roles": {
    type: "list<string>",
    words: "The roles of whoever asks",
    read: ({ signals }) => signals.requester.roles,
  },
  "requester.groups": {
    type: "list<string>",
    words: "The short names of their groups",
    read: ({ signals }) => signals.requester.groups,
  },
  "table.source": {
    type: "string",
    words: "The short name of the source",
    read: ({ signals }) => signals.table.source,
  },
  "table.schema": {
    type: "string",
    words: "The schema of the table",
    read: ({ signals }) => signals.table.schema,
  },
  "table.name": {
    type: "string",
    words: "The name of the table",
    read: ({ signals }) => signals.table.name,
  },
  "fields.names": {
    type: "list<string>",
    words: "The names of the columns",
    read: ({ signals }) => signals.fields.map((field) => field.name),
  },
  "fields.classes": {
    type: "list<string>",
    words: "Their data classes, each once",
    read: ({ signals }) => distinct(signals.fields.map((field) => field.class)),
  },
  "fields.groups": {
    type: "list<string>",
    words: "The groups of their classes: `identity`, `contact`, `money`, `health`, `access`, `other`",
    read: ({ signals }) =>
      distinct(signals.fields.map((field) => dataClass(field.class)?.group ?? field.group ?? "unknown")),
  },
  "fields.count": {
    type: "int",
    words: "How many fields are asked for",
    read: ({ signals }) => int(signals.fields.length),
  },
  "fields.full": {
    type: "int",
    words: "How many of them with their full values",
    read: ({ signals }) => int(signals.fields.filter((field) => field.level === "full").length),
  },
  "fields.sensitivity": {
    type: "int",
    words: "The highest sensitivity among them, 1 to 4",
    read: ({ signals }) => int(highestSensitivity(signals)),
  },
  "history.first_time": {
    type: "bool",
    words: "Whether they were never granted anything of this table",
    read: ({ signals }) => signals.firstOnTable,
  },
  "history.new_device": {
    type: "bool",
    words: "Whether no earlier session of theirs came from such a browser",
    read: ({ signals }) => signals.newDevice,
  },
  "history.subjects_7d": {
    type: "int",
    words: "Distinct records that they opened in 7 days or may open now",
    read: ({ signals }) => int(signals.subjectsSeen),
  },
  "history.denials_30d": {
    type: "int",
    words: "Requests of theirs that were denied in 30 days",
    read: ({ signals }) => int(signals.denials),
  },
  "history.signed_in_minutes": {
    type: "int",
    words: "Minutes since they gave their password, at sign-in or again",
    read: ({ signals }) => int(signals.signedInMinutes),
  },
  "risk.points": {
    type: "int",
    words: "The points of the risk; a missing signal has counted as the worst",
    read: ({ risk }) => int(risk.points),
  },
  "risk.grade": { type: "string", words: "`low`, `medium` or `high`", read: ({ risk }) => risk.grade },
  "time.hour": {
    type: "int",
    words: "The hour where they are, 0 to 23",
    read: ({ signals }) => int(signals.hour),
  },
  "time.weekday": {
    type: "int",
    words: "The day where they are, 1 for Monday to 7",
    read: ({ signals }) => int(signals.weekday),
  },
  "time.out_of_hours": {
    type: "bool",
    words: "Whether that is outside the working hours of the policy",
    read: ({ signals, weights }) => isOutOfHours(signals, weights),
  },
};

/** The values of all variables by object and field, and the names of those whose signal is missing. */
export type Bindings = {
  values: Readonly<Record<string, Readonly<Record<string, Value>>>>;
  missing: ReadonlySet<string>;
};

/** What the conditions of a policy see of one request. */
export function bindingsOf(facts: Facts): Bindings {
  const values: Record<string, Record<string, Value>> = {};
  const missing = new Set<string>();
  for (const [name, { read }] of Object.entries(variables)) {
    const value = read(facts);
    const [object, field] = name.split(".") as [string, string];
    const fields = (values[object] ??= {});
    if (value === null) missing.add(name);
    else fields[field] = value;
  }
  return { values, missing };
}

/** What bounds a condition before it is looked at any closer. */
export const limits = {
  characters: 2000,
  nodes: 400,
  depth: 24,
  listElements: 100,
  callArguments: 2,
  /** Comparisons that a condition may make at the worst, counted before it is ever run. */
  work: 20_000,
} as const;

/** The type checker of conditions: it knows every variable and nothing else. */
export const celEnvironment = makeEnvironment();

function makeEnvironment(): Environment {
  const schemas: Record<string, Record<string, string>> = {};
  for (const [name, { type }] of Object.entries(variables)) {
    const [object, field] = name.split(".") as [string, string];
    (schemas[object] ??= {})[field] = type;
  }
  const environment = new Environment({
    limits: {
      maxAstNodes: limits.nodes,
      maxDepth: limits.depth,
      maxListElements: limits.listElements,
      maxMapEntries: 1,
      maxCallArguments: limits.callArguments,
    },
  });
  for (const [name, schema] of Object.entries(schemas)) environment.registerVariable({ name, schema });
  return environment;
}
