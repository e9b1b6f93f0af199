import "server-only";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { endSessionsOf } from "@/lib/auth/end-session";
import { endAccess } from "@/lib/grants/end-access";
import { idInput } from "@/lib/id-input";
import { holdAdmin, refuseLastAdmin } from "@/lib/people/admins";
import { endDelegationsOf } from "@/lib/people/end-delegations";
import { movePerson } from "@/lib/people/move-person";
import { cancelLinks } from "@/lib/people/one-time-link";
import { versionInput } from "@/lib/people/person-input";

export const seenPersonSchema = z.object({ personId: idInput(), version: versionInput });
type SeenPerson = z.infer<typeof seenPersonSchema>;

/** Disables somebody and ends their sessions, links, requests, grants and delegations in the same transaction. */
export async function disablePerson(ctx: Context, input: SeenPerson): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdAdmin(tx, ctx, input.personId);
    const change = { state: "disabled" as const, disabledAt: sql`clock_timestamp()` };
    const person = await movePerson(tx, input, change, ["invited", "active"]);
    await refuseLastAdmin(tx, input.personId);
    await cancelLinks(tx, "invite", person.id);
    // Before the sessions: what ends with one of them ends for the reason that counts.
    const ended = await endAccess(tx, { holderId: person.id }, "holder-disabled");
    const sessions = await endSessionsOf(tx, person.id, "holder-disabled");
    const uncovered = await endDelegationsOf(tx, person.id, "disabled");
    const details = { sessions: sessions.ended, grants: ended.grants, requests: ended.requests };
    return {
      result: { name: person.name },
      event: [
        { code: "person.disabled", subject: person, details },
        ...ended.events,
        ...sessions.grants,
        ...uncovered,
      ],
    };
  });
}

/** Lets somebody sign in again, with the password and roles they had. Sessions and grants stay ended. */
export async function enablePerson(ctx: Context, input: SeenPerson): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdAdmin(tx, ctx, input.personId);
    // Whoever never accepted an invitation is invited again: without a password nobody is active.
    const state = sql<"invited" | "active">`CASE WHEN password_hash IS NULL THEN 'invited' ELSE 'active' END`;
    const person = await movePerson(tx, input, { state, disabledAt: null }, ["disabled"]);
    return { result: { name: person.name }, event: { code: "person.enabled", subject: person } };
  });
}
