import type { Role } from "@/lib/db/schema/people";

export type DemoPerson = {
  id: string;
  name: string;
  email: string;
  roles: readonly Role[];
  manager: string | null;
  timeZone: string;
  /** What this person does in the story, for the switcher and the list that the demo prints. */
  does: string;
};

/** The people of the demo; nobody else can be switched to, and only in the demo. */
export const demoPeople = [
  person(1, "Ana Souza", ["agent"], "Max", "asks to see fields"),
  person(2, "Max Hoffmann", ["approver", "agent"], "Noor", "decides what Ana asks for"),
  person(3, "Noor Haddad", ["approver"], null, "decides what Max asks for"),
  person(4, "Ben Okafor", ["agent"], "Max", "works beside Ana"),
  person(5, "Sam Lindqvist", ["steward"], "Noor", "looks after sources and masks"),
  person(6, "Pia Moreau", ["policy_admin"], "Noor", "writes the rules"),
  person(7, "Ivy Chen", ["auditor"], null, "reads and verifies the record"),
  person(8, "Ada Novak", ["admin"], null, "looks after people"),
  person(
    9,
    "Tess Arslan",
    ["agent"],
    "Max",
    "answers calls in Support: contact fields with a ticket open at once",
  ),
  person(10, "Paul Weber", ["approver"], "Noor", "decides about payments"),
  person(11, "Rosa Martín", ["approver"], "Noor", "decides about payments too"),
  person(12, "Vera Lang", ["approver"], "Noor", "decides about health and privacy"),
  person(13, "Quinn Abara", ["policy_admin"], "Noor", "activates what Pia has written"),
] as const satisfies readonly DemoPerson[];

function person(
  n: number,
  name: string,
  roles: readonly Role[],
  manager: string | null,
  does: string,
): DemoPerson {
  const email = `${name.split(" ")[0]?.toLowerCase()}@marigold.example`;
  return {
    id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    name,
    email,
    roles,
    manager,
    timeZone: "Europe/Berlin",
    does,
  };
}

/** The groups of the demo, which the built-in policy names. */
export const demoGroups = [
  { slug: "support", name: "Support", members: ["Tess"] },
  { slug: "payments", name: "Payments", members: ["Paul", "Rosa"] },
  { slug: "privacy", name: "Privacy", members: ["Vera"] },
] as const;

/** The id of the demo person with this first name. */
export function demoPersonId(firstName: string | null): string | null {
  return demoPeople.find(({ name }) => name.startsWith(`${firstName} `))?.id ?? null;
}
