import "server-only";
import { recorded } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import { groupMembers, groups } from "@/lib/db/schema/policies";
import { demoGroups, demoPersonId } from "@/lib/people/demo-people";

/** Makes the groups of the demo that are missing, on record; those who are there stay as they are. */
export async function seedDemoGroups(): Promise<void> {
  const ctx = systemContext("command-line");
  const known = await ctx.db.select({ slug: groups.slug }).from(groups);
  for (const { slug, name, members } of demoGroups) {
    if (known.some((group) => group.slug === slug)) continue;
    await recorded(ctx, async (tx) => {
      const [group] = await tx.insert(groups).values({ slug, name }).returning({ id: groups.id });
      if (!group) throw new Error("The group was not stored.");
      const ids = members.map(demoPersonId).filter((id) => id !== null);
      await tx.insert(groupMembers).values(ids.map((personId) => ({ groupId: group.id, personId })));
      const details = { group: name, members: [...members], demo: true };
      return { result: undefined, event: { code: "group.made", details } };
    });
  }
}
