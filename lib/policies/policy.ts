import { z } from "zod";
import { idInput } from "@/lib/id-input";
import { riskSchema } from "@/lib/policies/risk";
import { signalsSchema } from "@/lib/policies/signals";

/** No automatic approval is longer than this, whatever a rule says. */
export const LONGEST_AUTOMATIC_VIEW = 900;
const LONGEST_VIEW = 1800;
const MOST_RULES = 200;

const name = z.string().trim().min(1, "Give it a name.").max(80, "A name has at most 80 characters.");
const groupSlug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "A group is named by its short name.");

const kindsOfWho = [
  z.strictObject({ kind: z.literal("manager") }),
  z.strictObject({ kind: z.literal("managers-manager") }),
  z.strictObject({ kind: z.literal("group"), group: groupSlug }),
  z.strictObject({ kind: z.literal("table-owners") }),
  z.strictObject({ kind: z.literal("class-owners") }),
  z.strictObject({ kind: z.literal("people"), ids: z.array(idInput()).min(1).max(20) }),
  z.strictObject({ kind: z.literal("approvers") }),
] as const;

/** Who can fill a seat. Whoever it is must hold the approver role at the moment of deciding, and not be the requester. */
export const whoSchema = z.discriminatedUnion("kind", [...kindsOfWho]);

/** Who can be told that a step waits too long; policy admins are told, and never decide. */
const toldSchema = z.discriminatedUnion("kind", [
  ...kindsOfWho,
  z.strictObject({ kind: z.literal("policy-admins") }),
]);

/** What happens once, when a step has waited for its time. */
const escalationSchema = z.strictObject({
  afterMinutes: z
    .int("Say after how many minutes.")
    .min(1, "At least one minute.")
    .max(1440, "At most 1440 minutes: a request waits for a day."),
  tell: z.array(toldSchema).min(1, "Say who is told.").max(5),
  /** Whether those who are told may fill the step too; else nobody more decides. */
  mayDecide: z.boolean().default(false),
});

/** So many of them, each a different person. */
const alternativeSchema = z.strictObject({ who: whoSchema, count: z.int().min(1).max(5) });

/** One step of a review: filled as soon as one of its alternatives is. */
const stepSchema = z.strictObject({
  anyOf: z.array(alternativeSchema).min(1).max(4),
  escalate: escalationSchema.exactOptional(),
});

/** When those who may decide are reminded: after shares of the time to decide, and after so many minutes. */
const remindersSchema = z.strictObject({
  shares: z.array(z.number().min(0.05).max(0.95)).max(5),
  minutes: z.array(z.int().min(1).max(1439)).max(5),
  /** How often whoever asked may remind them: once in so many minutes. */
  nudgeMinutes: z.int().min(5).max(1440),
});

export const outcomeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("auto") }),
  z.strictObject({ kind: z.literal("review"), steps: z.array(stepSchema).min(1).max(5) }),
  z.strictObject({
    kind: z.literal("deny"),
    words: z.string().trim().min(10, "Say why: the requester reads this.").max(500),
  }),
]);

const capsSchema = z.strictObject({
  viewSeconds: z.int().min(1).max(LONGEST_VIEW).exactOptional(),
  records: z.int().min(1).max(500).exactOptional(),
  /** `partial`: no full values under this rule. */
  level: z.enum(["partial", "full"]).exactOptional(),
  /** How often the grant may be viewed. */
  views: z.int().min(1).max(1000).exactOptional(),
});

const ruleSchema = z.strictObject({
  name,
  when: z.string().trim().min(1, "Say when the rule matches.").max(2000),
  outcome: outcomeSchema,
  /** Only records what it would have done. */
  shadow: z.boolean().default(false),
  caps: capsSchema.default({}),
  ticketNeeded: z.boolean().default(false),
  /** A password of the last ten minutes is needed: to send it, to approve it, and to open it. */
  stepUp: z.boolean().default(false),
  /** A passkey is needed: to approve it, and to open it. */
  passkey: z.boolean().exactOptional(),
  /** The purposes allowed; all of them where none is named. */
  purposes: z.array(z.string().min(1).max(60)).max(40).default([]),
  /** Whether an emergency may open what this rule would have reviewed. */
  breakGlass: z.boolean().default(false),
  /** Whether it grants more time by itself even for what people had decided first. */
  autoExtension: z.boolean().exactOptional(),
});

/** Given a request with these signals, this outcome is expected. */
export const scenarioSchema = z.strictObject({
  name,
  given: signalsSchema,
  expect: z.strictObject({
    outcome: z.enum(["auto", "review", "deny"]),
    /** The rule that must have decided; null for none of them. */
    rule: name.nullable().exactOptional(),
    viewSeconds: z.int().exactOptional(),
  }),
});

const distinct = (rows: readonly { name: string }[]) =>
  new Set(rows.map((row) => row.name)).size === rows.length;

/** A policy as data: rules in their order, how risk is weighed, who steps in, and what it was tried on. */
export const policySchema = z.strictObject({
  rules: z
    .array(ruleSchema)
    .max(MOST_RULES, `A policy has at most ${MOST_RULES} rules.`)
    .refine(distinct, "Two rules have the same name."),
  /** Who decides in place of a step that nobody can fill: the first of these who is there. */
  fallback: z.array(whoSchema).min(1).max(5),
  risk: riskSchema,
  /** The share of what is granted at once that people look at afterwards, drawn by lot. */
  reviewShare: z.number().min(0).max(1).default(0.05),
  reminders: remindersSchema.default({ shares: [0.5, 0.9], minutes: [], nudgeMinutes: 30 }),
  scenarios: z.array(scenarioSchema).max(200).refine(distinct, "Two scenarios have the same name."),
});

export type Policy = z.output<typeof policySchema>;
export type Rule = z.output<typeof ruleSchema>;
export type Outcome = z.output<typeof outcomeSchema>;
export type Step = z.output<typeof stepSchema>;
export type Who = z.output<typeof whoSchema>;
export type Told = z.output<typeof toldSchema>;
export type Caps = z.output<typeof capsSchema>;
export type Scenario = z.output<typeof scenarioSchema>;

/** What decides where no rule matches: the manager. */
export const managerStep: Step = { anyOf: [{ who: { kind: "manager" }, count: 1 }] };
