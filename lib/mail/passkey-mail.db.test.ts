import { expect, test } from "vitest";
import { listPasskeys } from "@/lib/auth/list-passkeys";
import { removeLostPasskey, removeOwnPasskey } from "@/lib/auth/remove-passkey";
import { useMail, useMailServer } from "@/lib/testing/mail-turns";
import { provesWith, withPasskey } from "@/lib/testing/passkeys";
import { useStory } from "@/lib/testing/story";

const post = useMailServer();
const story = useStory();
const { told, line } = useMail(story, post);
const removedWords = "A passkey of yours was removed";

test("whoever registers or removes a passkey, or an admin for them, the person whose it is is told at once", async () => {
  const key = await withPasskey(story.max);
  expect(await told()).toEqual([await line(story.max, "A passkey was registered for you")]);
  await provesWith(story.max, key);
  await withPasskey(story.max, "Phone");
  await told();
  const [own, lost] = await listPasskeys(story.max, story.max.actor.personId);
  await removeOwnPasskey(story.max, { passkeyId: own!.id });
  expect(await told()).toEqual([await line(story.max, removedWords)]);
  await removeLostPasskey(story.ada, { passkeyId: lost!.id });
  expect(await told()).toEqual([await line(story.max, removedWords)]);
});
