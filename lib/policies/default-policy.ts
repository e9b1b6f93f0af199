import { managerStep, type Policy, type Step, type Told } from "@/lib/policies/policy";
import { defaultWeights } from "@/lib/policies/risk";
import type { RequestSignals } from "@/lib/policies/signals";

/** The version of the built-in policy; version 1 had no rules. What is activated counts from 3. */
export const defaultPolicyVersion = 2;

const someone: RequestSignals = {
  purpose: "customer-contact",
  ticket: true,
  records: 1,
  allMatching: false,
  viewSeconds: 900,
  breakGlass: false,
  channel: "console",
  fields: [{ name: "email", class: "email", sensitivity: 2, level: "full" }],
  requester: { roles: ["agent"], groups: ["support"] },
  table: { source: "demo", schema: "public", name: "customers" },
  firstOnTable: false,
  newDevice: false,
  subjectsSeen: 3,
  denials: 0,
  signedInMinutes: 20,
  hour: 10,
  weekday: 2,
};
const asked = (name: string, classId: string, sensitivity: number) => ({
  ...someone,
  fields: [{ name, class: classId, sensitivity, level: "full" as const }],
});

const paymentClasses = `["pan", "card_expiry", "iban", "bank_account", "crypto_wallet"]`;
const oneOf = (group: string): Step => ({ anyOf: [{ who: { kind: "group", group }, count: 1 }] });
/** More people hear of it; who may decide stays as it is. */
const toldAfter = (afterMinutes: number, ...tell: Told[]) => ({
  escalate: { afterMinutes, tell, mayDecide: false },
});
/** A card waits for nobody's lunch: the manager's manager may step in after two hours. */
const paymentManager: Step = {
  ...managerStep,
  escalate: { afterMinutes: 120, tell: [{ kind: "managers-manager" }], mayDecide: true },
};

/** What decides until somebody activates another: the groups it names are `support`, `payments` and `privacy`. */
export const defaultPolicy: Policy = {
  rules: [
    {
      name: "Credentials never open",
      when: `fields.classes.exists(c, c in ["password", "secret_token", "private_key", "otp_recovery", "card_security"])`,
      outcome: {
        kind: "deny",
        words: "Credentials and card verification codes are never shown. Leave these fields out.",
      },
      ...{ shadow: false, caps: {}, ticketNeeded: false, stepUp: false, purposes: [], breakGlass: false },
    },
    {
      name: "Contact fields for support",
      when: `"support" in requester.groups && request.ticket && risk.grade == "low" && request.records <= 5 && fields.groups == ["contact"]`,
      outcome: { kind: "auto" },
      caps: { viewSeconds: 600 },
      ...{ shadow: false, ticketNeeded: true, stepUp: false, purposes: [], breakGlass: false },
    },
    {
      name: "Health and payment together",
      when: `"health" in fields.groups && fields.classes.exists(c, c in ${paymentClasses})`,
      outcome: { kind: "review", steps: [managerStep, oneOf("payments"), oneOf("privacy")] },
      ...{ shadow: false, caps: {}, ticketNeeded: false, stepUp: false, purposes: [], breakGlass: false },
    },
    {
      name: "Health by Privacy",
      when: `"health" in fields.groups`,
      outcome: {
        kind: "review",
        steps: [
          { ...oneOf("privacy"), ...toldAfter(60, { kind: "managers-manager" }, { kind: "policy-admins" }) },
        ],
      },
      ...{ shadow: false, caps: {}, ticketNeeded: false, stepUp: false, purposes: [], breakGlass: true },
    },
    {
      name: "Payment by two people",
      when: `fields.classes.exists(c, c in ${paymentClasses})`,
      outcome: {
        kind: "review",
        steps: [paymentManager, { ...oneOf("payments"), ...toldAfter(120, { kind: "policy-admins" }) }],
      },
      ...{ shadow: false, caps: {}, ticketNeeded: false, stepUp: false, purposes: [], breakGlass: false },
    },
  ],
  fallback: [{ kind: "managers-manager" }, { kind: "approvers" }],
  risk: defaultWeights,
  reviewShare: 0.05,
  reminders: { shares: [0.5, 0.9], minutes: [], nudgeMinutes: 30 },
  scenarios: [
    {
      name: "Support calls a customer back",
      given: someone,
      expect: { outcome: "auto", rule: "Contact fields for support", viewSeconds: 600 },
    },
    {
      name: "Support has no ticket",
      given: { ...someone, ticket: false },
      expect: { outcome: "review", rule: null },
    },
    {
      name: "Somebody else calls a customer",
      given: { ...someone, requester: { roles: ["agent"], groups: [] } },
      expect: { outcome: "review", rule: null },
    },
    {
      name: "A card number",
      given: asked("pan", "pan", 4),
      expect: { outcome: "review", rule: "Payment by two people" },
    },
    {
      name: "A diagnosis",
      given: asked("diagnosis", "diagnosis", 4),
      expect: { outcome: "review", rule: "Health by Privacy" },
    },
    {
      name: "A card verification code",
      given: asked("cvv", "card_security", 4),
      expect: { outcome: "deny" },
    },
    {
      name: "A ticket, but nobody knows what they have seen",
      given: { ...someone, subjectsSeen: null },
      expect: { outcome: "review" },
    },
  ],
};
