import "server-only";
import { recorded } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import { hasAdmin, onePeopleChange } from "@/lib/people/admins";
import { firstAdminLink } from "@/lib/people/one-time-link";

/** The one-time link for the first admin, the same at each start while it works; null when there is an admin already. */
export async function offerFirstAdmin(): Promise<string | null> {
  const ctx = systemContext();
  if (await hasAdmin(ctx.db)) return null;
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    const { link, again } = await firstAdminLink(tx);
    return { result: link, event: { code: "person.first_admin_link_made", details: { again } } };
  });
}
