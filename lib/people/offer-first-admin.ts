import "server-only";
import { recorded } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import { hasAdmin, onePeopleChange } from "@/lib/people/admins";
import { makeLink } from "@/lib/people/one-time-link";

/** A fresh one-time link for the first admin, in place of any older one; null when there is an admin already. */
export async function offerFirstAdmin(): Promise<string | null> {
  const ctx = systemContext();
  if (await hasAdmin(ctx.db)) return null;
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    const link = await makeLink(tx, "first-admin", null);
    return { result: link, event: { code: "person.first_admin_link_made" } };
  });
}
