/**
 * What can be found, how long the same is not told again (days before the one it was found on; 0 is the same day), and how
 * much it weighs where a list has to be put in order.
 */
export const findingKinds = {
  records: { title: "Many records", quietDays: 0, weight: 4 },
  copies: { title: "Many copies", quietDays: 0, weight: 3 },
  exports: { title: "Many exports", quietDays: 0, weight: 2 },
  rows: { title: "Many exported rows", quietDays: 0, weight: 2 },
  tables: { title: "Many tables", quietDays: 0, weight: 2 },
  week: { title: "A heavy week", quietDays: 28, weight: 4 },
  drift: { title: "A slow rise", quietDays: 56, weight: 3 },
  peers: { title: "Far above others", quietDays: 56, weight: 3 },
  hours: { title: "Unusual hours", quietDays: 0, weight: 3 },
  new: { title: "New ground", quietDays: 28, weight: 3 },
  guessing: { title: "Guessing", quietDays: 0, weight: 4 },
  probing: { title: "Guessing over days", quietDays: 7, weight: 4 },
  refusals: { title: "Refused again and again", quietDays: 0, weight: 2 },
  emergencies: { title: "Emergencies", quietDays: 7, weight: 4 },
} as const satisfies Record<string, { title: string; quietDays: number; weight: number }>;

export type FindingKind = keyof typeof findingKinds;

/** The numbers and names behind a finding, from which its words are made. Never a value of a source. */
export type Evidence = Readonly<Record<string, number | readonly string[]>>;

/** Something unusual: what, how often it has doubled over its limit, and what it rests on. */
export type Finding = { kind: FindingKind; step: number; evidence: Evidence };

/** How much a finding weighs: its kind, and more with each doubling. */
export function weightOf({ kind, step }: Pick<Finding, "kind" | "step">): number {
  return findingKinds[kind].weight * (1 + Math.min(step, 6));
}

/** A stored kind that this version knows. */
export function isFindingKind(name: string): name is FindingKind {
  return Object.hasOwn(findingKinds, name);
}
