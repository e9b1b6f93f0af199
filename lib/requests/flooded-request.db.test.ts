import { expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import { readRequest } from "@/lib/requests/read-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { useStory } from "@/lib/testing/story";

const story = useStory(undefined, { ownEvents: true });

test("whoever is refused a thousand times about a request of somebody else hides nothing of it", async () => {
  const { id, number } = await submitRequest(story.ana, story.draft());
  const refused: AuditEvent = { code: "request.refused", requestId: id, requestNumber: number };
  const flood = () =>
    recorded(story.ben, async () => ({
      result: undefined,
      event: [refused, ...Array.from({ length: 599 }, () => refused)],
    }));
  await flood();
  await approveRequest(story.max, { requestId: id, version: 1, words: null });
  await flood();
  const { events } = await readRequest(story.ana, number);
  const codes = events.map(({ code }) => code);
  expect(codes.filter((code) => code !== "request.refused")).toEqual([
    "request.submitted",
    "request.approved",
  ]);
  expect(codes).toContain("request.refused");
  expect(events.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq).toSorted((a, b) => a - b));
});
