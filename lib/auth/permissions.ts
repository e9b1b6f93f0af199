import type { Role } from "@/lib/db/schema/people";

/** Who may do what. Everything that is not in this table is for nobody. */
export const permissions = {
  home: ["agent", "approver", "steward", "policy_admin", "auditor", "admin"],
  settings: ["agent", "approver", "steward", "policy_admin", "auditor", "admin"],
  browse: ["agent"],
  request: ["agent"],
  reveal: ["agent"],
  decide: ["approver"],
  approvers: ["approver", "auditor", "policy_admin", "admin"],
  allApprovers: ["auditor", "policy_admin", "admin"],
  revoke: ["approver", "admin"],
  catalog: ["steward"],
  audit: ["auditor"],
  reports: ["auditor"],
  erase: ["auditor", "steward"],
  retention: ["auditor", "admin"],
  retentionSet: ["admin"],
  hold: ["auditor"],
  people: ["admin"],
  campaigns: ["auditor", "admin"],
  groups: ["admin", "policy_admin"],
  policies: ["policy_admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

/** Whether one of these roles carries the permission. */
export function rolesAllow(roles: readonly Role[], permission: Permission): boolean {
  const allowed: readonly Role[] = permissions[permission];
  return roles.some((role) => allowed.includes(role));
}
