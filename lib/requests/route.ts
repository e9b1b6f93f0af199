/** Somebody who may be asked to decide: active, and an approver. */
export type Approver = { id: string; name: string };

/** Why these people decide; the word is stored with the request as the rule that routed it. */
export type RouteRule = "manager" | "managers-manager" | "any-approver";

export type Route = { rule: RouteRule; approvers: readonly Approver[] };

/** Who can be asked: the chain of managers above the requester, nearest first, and everybody who approves. */
export type RouteFacts = {
  requesterId: string;
  managerIds: readonly string[];
  approvers: readonly Approver[];
};

const byDistance = ["manager", "managers-manager"] as const;

/**
 * Who decides a request: the manager, else the manager's manager, else every approver; only who is active, holds
 * the role, and is not the requester, even where people manage each other in a ring. Null when that is nobody.
 */
export function routeOf(facts: RouteFacts): Route | null {
  const others = facts.approvers.filter((approver) => approver.id !== facts.requesterId);
  for (const [distance, rule] of byDistance.entries()) {
    const manager = others.find((approver) => approver.id === facts.managerIds[distance]);
    if (manager) return { rule, approvers: [manager] };
  }
  return others.length > 0 ? { rule: "any-approver", approvers: others } : null;
}

const ruleSentences: Record<RouteRule, string> = {
  manager: "The manager of whoever asks decides.",
  "managers-manager": "The manager's manager decides, because the manager cannot.",
  "any-approver": "Any approver decides, because no manager can.",
};

/** The rule of a stored request in words. */
export function ruleWords(rule: string): string {
  return Object.hasOwn(ruleSentences, rule) ? ruleSentences[rule as RouteRule] : "An approver decides.";
}

/** Who decides and how long it usually takes: "Max decides; usually within 12 minutes." */
export function routeWords(approvers: readonly Approver[], usualMinutes: number | null): string {
  const names = approvers.map((approver) => approver.name);
  const usually = usualMinutes === null ? "" : `; usually within ${durationWords(usualMinutes)}`;
  return `${subject(names)}${usually}.`;
}

function subject(names: readonly string[]): string {
  const [first = "Nobody", second, ...more] = names;
  if (second === undefined) return `${first} decides`;
  if (more.length === 0) return `${first} or ${second} decides`;
  return `${first}, ${second} or ${more.length === 1 ? more[0] : `one of ${more.length} others`} decides`;
}

function durationWords(minutes: number): string {
  const rounded = Math.max(1, Math.ceil(minutes));
  if (rounded < 90) return `${rounded} minute${rounded === 1 ? "" : "s"}`;
  const hours = Math.round(rounded / 60);
  return `${hours} hours`;
}
