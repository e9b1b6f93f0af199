import { expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { askToSign } from "@/lib/approvals/ask-to-sign";
import { removeLostPasskey } from "@/lib/auth/remove-passkey";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { activePolicy } from "@/lib/testing/active-policy";
import { opensWith, withPasskey } from "@/lib/testing/passkeys";
import { useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const manager = { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] };

test("what a passkey signed opens nothing any more once it is removed: whoever has it may be why", async () => {
  await activePolicy(story, [{ name: "keys", outcome: manager, passkey: true }]);
  const max = await withPasskey(story.max);
  const stolen = await withPasskey(story.ana);
  const grantOf = async () => {
    const { id } = await submitRequest(story.ana, story.draft());
    const vote = { requestId: id, version: 1, words: null };
    await approveRequest(story.max, { ...vote, assertion: max.sign(await askToSign(story.max, vote)) });
    const [grant] = await story.control.owner<{ id: string }[]>`
      SELECT id FROM grants WHERE request_id = ${id}`;
    return grant!.id;
  };
  const [open, ready] = [await grantOf(), await grantOf()];
  for (const grantId of [open, ready]) await opensWith(story.ana, stolen, grantId);
  await activateGrant(story.ana, open);
  expect((await revealFields(story.ana, { grantId: open })).values).toHaveLength(1);
  const [lost] = await story.control.owner<{ id: string }[]>`
    SELECT id FROM passkeys WHERE credential_id = ${stolen.id}`;
  await removeLostPasskey(story.ada, { passkeyId: lost!.id });
  await expect(revealFields(story.ana, { grantId: open })).rejects.toEqual(refused("passkey-missing"));
  await expect(activateGrant(story.ana, ready)).rejects.toEqual(refused("passkey-missing"));
  expect((await listLiveGrants(story.ana)).map(({ passkey }) => passkey)).toEqual(["missing", "missing"]);
});
