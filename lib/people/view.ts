export type { Role } from "@/lib/db/schema/people";
import type { Role } from "@/lib/db/schema/people";

/** Somebody who came with a one-time link. */
export type InvitedPerson = { name: string; email: string; isNew: boolean; roles: readonly Role[] };
