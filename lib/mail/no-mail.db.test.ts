import { expect, test } from "vitest";
import { tendMail, tendMailByTheMinute } from "@/lib/mail/tend-mail";
import { askTestMail, readMailState } from "@/lib/mail/watch-mail";
import { submitRequest } from "@/lib/requests/submit-request";
import { useStory } from "@/lib/testing/story";

const story = useStory();

test("without a mail server nothing is kept for later, and its absence is said", async () => {
  await submitRequest(story.ana, story.draft());
  const sent: string[] = [];
  await tendMail((name) => Promise.resolve(void sent.push(name)));
  await tendMailByTheMinute();
  expect(sent).toEqual([]);
  const [row] = await story.control.owner`
    SELECT (SELECT count(*)::int FROM glimpse_jobs.mail) AS kept,
      (SELECT seq FROM glimpse_jobs.mail_mark) = (SELECT size - 1 FROM audit_head) AS passed`;
  expect(row).toEqual({ kept: 0, passed: true });
  expect(await readMailState(story.ada)).toBeNull();
  await expect(askTestMail(story.ada)).rejects.toMatchObject({ code: "no-mail-server" });
});
