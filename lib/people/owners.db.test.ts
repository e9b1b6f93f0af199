import { describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { Context } from "@/lib/auth/context";
import { changeGroup, listGroups, makeGroup } from "@/lib/people/groups";
import { listOwners, setOwners } from "@/lib/people/owners";
import { newDraft } from "@/lib/policies/save-draft";
import { simulateRequest } from "@/lib/requests/simulate-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { activePolicy } from "@/lib/testing/active-policy";
import { policyOf, someSignals } from "@/lib/testing/policies";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });

describe("groups and owners", () => {
  test("are changed by admins, on record, never by and for themselves", async () => {
    const { id } = await makeGroup(story.ada, { slug: "fraud", name: "Fraud" });
    const change = (who: Context, personIds: string[], version = 1) =>
      changeGroup(who, { groupId: id, version, personIds });
    await expect(change(story.ada, [story.ada.actor.personId])).rejects.toEqual(refused("own-rights"));
    await expect(change(story.pia, [])).rejects.toEqual(refused("not-permitted"));
    await change(story.ada, [story.paul.actor.personId]);
    await expect(change(story.ada, [])).rejects.toEqual(refused("changed-meanwhile"));
    await expect(makeGroup(story.ada, { slug: "fraud", name: "Other" })).rejects.toEqual(
      refused("group-exists"),
    );
    expect((await listGroups(story.pia)).find((one) => one.id === id)?.members).toMatchObject([
      { name: "Paul" },
    ]);
    const vera = story.vera.actor.personId;
    await setOwners(story.ada, { kind: "class", subject: "email", personIds: [vera], seenIds: [] });
    expect(await listOwners(story.pia)).toMatchObject([{ subject: "email", person: { name: "Vera" } }]);
    const none = { kind: "class" as const, subject: "no-class", personIds: [], seenIds: [] };
    await expect(setOwners(story.ada, none)).rejects.toEqual(refused("not-found"));
  });

  test("of two changes of owners by what each has seen, the later one is told, and nobody's is lost", async () => {
    const [paul, vera] = [story.paul.actor.personId, story.vera.actor.personId];
    const phone = { kind: "class", subject: "phone" } as const;
    const twice = await Promise.allSettled(
      [paul, vera].map((id) => setOwners(story.ada, { ...phone, personIds: [id], seenIds: [] })),
    );
    expect(twice.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(twice.find((one) => one.status === "rejected")?.reason).toEqual(refused("changed-meanwhile"));
    const now = (await listOwners(story.pia)).filter(({ subject }) => subject === "phone");
    expect(now).toHaveLength(1);
    const seenIds = now.map(({ person }) => person.id);
    await setOwners(story.ada, { ...phone, personIds: [], seenIds });
  });

  test("a class of the stewards' own has owners too, who decide where the policy says so", async () => {
    await story.control.owner`INSERT INTO own_classes (id, title, class_group, sensitivity, regulations,
      default_mask, max_reveal_minutes, words) VALUES ('own_stone', 'Stone', 'health', 3, '{}',
      '{"method":"redact"}', 15, '{}')`;
    const stone = { kind: "class", subject: "own_stone" } as const;
    await setOwners(story.ada, { ...stone, personIds: [story.vera.actor.personId], seenIds: [] });
    const steps = [{ anyOf: [{ who: { kind: "class-owners" }, count: 1 }] }];
    const document = policyOf([{ when: `"health" in fields.groups`, outcome: { kind: "review", steps } }]);
    const { number } = await newDraft(story.pia, { basedOn: null, note: "x", document });
    const field = {
      name: "s",
      class: "own_stone",
      sensitivity: 3,
      level: "full",
      own: true,
      group: "health",
    } as const;
    const said = await simulateRequest(story.pia, {
      ...{ number, given: someSignals({ fields: [field] }), tableId: null },
      requesterId: story.ana.actor.personId,
    });
    expect(said.steps).toMatchObject([{ steppedIn: false, ways: [{ people: ["Vera"] }] }]);
  });

  test("an owner of the class decides where the policy says so", async () => {
    const who = { kind: "class-owners" };
    const byOwners = { name: "owners", outcome: { kind: "review", steps: [{ anyOf: [{ who, count: 1 }] }] } };
    await activePolicy(story, [byOwners]);
    const request = await submitRequest(story.ana, story.draft());
    expect(request.words).toBe("Vera decides.");
    await approveRequest(story.vera, { requestId: request.id, version: 1, words: null });
  });
});
