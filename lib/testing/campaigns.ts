import "server-only";
import type { Context } from "@/lib/auth/context";
import { partKey } from "@/lib/campaigns/access";
import { decideAccess } from "@/lib/campaigns/decide-access";
import { startCampaign, startSchema } from "@/lib/campaigns/start-campaign";
import { signedIn } from "@/lib/testing/control";
import type { Story } from "@/lib/testing/story";

export const campaignWords = "She has moved to another team.";
export const idOf = ({ actor }: Context): string => actor.personId;
export const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** What tests of campaigns do again and again. */
export function useCampaigns(story: Story) {
  const owner = () => story.control.owner;
  return {
    owner,
    start: (by: Context, change: object = {}) =>
      startCampaign(by, startSchema.parse({ name: "Autumn", until: inDays(10), ...change })),
    /** The item of somebody, the parts of the access that it is about now, and what one may do to it. */
    itemOf: async (campaignId: string, whom: Context) => {
      const [row] = await owner()<{ id: string; held: { kind: "role"; id: string }[] }[]>`
        SELECT id, access_of(person_id) AS held FROM access_items
        WHERE campaign_id = ${campaignId} AND person_id = ${idOf(whom)}`;
      const seen = row!.held.map(partKey);
      return {
        itemId: row!.id,
        seen,
        confirm: (by: Context) => decideAccess(by, { itemId: row!.id, seen, keep: seen, words: null }),
        remove: (by: Context, ...gone: string[]) => {
          const keep = seen.filter((key) => !gone.includes(key));
          return decideAccess(by, { itemId: row!.id, seen, keep, words: campaignWords });
        },
      };
    },
    seenNow: async (who: Context): Promise<{ personId: string; version: number }> => {
      const [row] = await owner()<{ version: number }[]>`SELECT version FROM people WHERE id = ${idOf(who)}`;
      return { personId: idOf(who), version: row!.version };
    },
    rolesOf: async (who: Context): Promise<string[]> => {
      const rows = await owner()<{ role: string }[]>`
        SELECT role FROM person_roles WHERE person_id = ${idOf(who)} ORDER BY 1`;
      return rows.map(({ role }) => role);
    },
    /** The events of a code, newest first. */
    eventsOf: async (code: string) => {
      const rows = await owner()<{ entry: string }[]>`
        SELECT entry FROM audit_events WHERE code = ${code} ORDER BY seq DESC`;
      return rows.map(
        ({ entry }) =>
          JSON.parse(entry) as { actor: { name: string }; subject?: { name: string }; details: object },
      );
    },
    /** Moves the whole time of a campaign into the past, as its owner alone can. */
    pass: (campaignId: string, days: number) =>
      owner()`UPDATE access_campaigns SET started_at = started_at - make_interval(days => ${days}),
        due_at = due_at - make_interval(days => ${days}) WHERE id = ${campaignId}`,
    agent: (
      name: string,
      manager: Context | null = story.max,
      roles: ("agent" | "approver" | "admin")[] = ["agent"],
    ) => signedIn(story.control, { name, roles, ...(manager ? { managerId: idOf(manager) } : {}) }),
    endAll: () => owner()`
      UPDATE access_campaigns SET ended_at = clock_timestamp(), ended_why = 'decided' WHERE ended_at IS NULL`,
  };
}
