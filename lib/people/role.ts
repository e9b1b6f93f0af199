import type { Role } from "@/lib/db/schema/people";

/** The roles in the order people read them, each with what it may do. */
export const roleWords = {
  agent: { name: "Agent", does: "Browses masked records, asks for fields and sees what was approved" },
  approver: { name: "Approver", does: "Decides the requests of those who report to them" },
  steward: { name: "Steward", does: "Looks after sources, classes and masks" },
  policy_admin: { name: "Policy admin", does: "Writes the rules by which requests are decided" },
  auditor: { name: "Auditor", does: "Reads, verifies and exports the audit log; sees no records" },
  admin: { name: "Admin", does: "Looks after people and their roles" },
} as const satisfies Record<Role, { name: string; does: string }>;

/** "Agent, approver": the roles of a person as they stand under a name. */
export function rolesInWords(roles: readonly Role[]): string {
  const names = (Object.keys(roleWords) as Role[])
    .filter((role) => roles.includes(role))
    .map((role) => roleWords[role].name);
  const text = names.map((name, index) => (index === 0 ? name : name.toLowerCase())).join(", ");
  return text || "No roles";
}

/** The roles as a form offers them. */
export const roleChoices = (Object.keys(roleWords) as Role[]).map((id) => ({ id, ...roleWords[id] }));
