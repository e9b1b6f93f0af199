import { expect, test } from "vitest";
import { systemContext } from "@/lib/auth/system-context";
import { signedIn } from "@/lib/testing/control";
import { useMail, useMailServer } from "@/lib/testing/mail-turns";
import { useStory } from "@/lib/testing/story";
import { judgeCase } from "./judge-case";
import { openCase } from "./open-case";

const post = useMailServer();
const story = useStory();
const mail = useMail(story, post);

const found = (personId: string, day: string) => ({
  ...{ personId, day, zone: "UTC" },
  findings: [{ kind: "records" as const, step: 0, evidence: { count: 41, low: 4, high: 8, days: 30 } }],
});

test("auditors are told of a case by a link: not of whom, not what, and never the one whom it concerns", async () => {
  const ines = await signedIn(story.control, { name: "Ines", roles: ["auditor", "agent"] });
  await openCase(systemContext(), found(ines.actor.personId, "2026-11-24"));
  const received = await mail.received();
  expect(received.map(({ to }) => to.join())).toEqual([await mail.mailOf(story.ivy)]);
  const [message] = received;
  expect(message!.headers.get("subject")).toBe("Glimpse: A case waits to be judged");
  expect(message!.text).toContain("/reports/anomalies");
  expect(message!.text).not.toMatch(/Ines|41 records/);
});

test("of a case that was judged before the message went out, nobody is told", async () => {
  const number = await openCase(systemContext(), found(story.ana.actor.personId, "2026-11-25"));
  await judgeCase(story.ivy, { caseNumber: number!, verdict: "explained", words: "She was on call then." });
  expect(await mail.received()).toEqual([]);
});
