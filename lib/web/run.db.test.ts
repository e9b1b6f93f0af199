import { expect, test, vi } from "vitest";
import { z } from "zod";
import { parseAuditFilter } from "@/lib/audit/filter";
import { readAuditLog } from "@/lib/audit/list-events";
import { approveRequest, approveSchema } from "@/lib/approvals/approve-request";
import { revealFields, revealSchema } from "@/lib/reveals/reveal-fields";
import { submitRequest } from "@/lib/requests/submit-request";
import { Refusal } from "@/lib/refusal";
import { approved, useStory } from "@/lib/testing/story";
import { refuseRoute } from "@/lib/web/refuse-route";
import { attempt, type Action } from "@/lib/web/run";

const story = useStory();

/** The refusals that the audit page shows when it is filtered by this request. */
async function refusalsOf(number: number) {
  const { filter } = parseAuditFilter({ requestNumber: String(number), outcome: "refused" });
  const { events } = await readAuditLog(story.ivy, filter, {});
  return events.map(({ code, requestNumber, facts }) => ({
    code,
    requestNumber,
    grant: facts.find(([name]) => name === "Grant")?.[1],
  }));
}

const reveal = {
  name: "reveal-fields",
  input: revealSchema,
  deed: revealFields,
  refused: "reveal.refused",
  about: ({ grantId }: { grantId: string }) => ({ grantId }),
} as const satisfies Omit<Action<z.infer<typeof revealSchema>, unknown>, "permission">;

test("a refused reveal is found by the number of its request, with the grant", async () => {
  const { number, grantId } = await approved(story);
  expect(await attempt(story.ana, reveal, { grantId })).toMatchObject({ ok: false });
  expect(await refusalsOf(number)).toEqual([
    { code: "reveal.refused", requestNumber: number, grant: grantId },
  ]);
});

test("a refused decision is found by the number of its request, with the grant that there is", async () => {
  const decide = {
    name: "approve-request",
    input: approveSchema,
    deed: approveRequest,
    refused: "decision.refused",
    about: ({ requestId }: { requestId: string }) => ({ requestId }),
  } as const satisfies Omit<Action<z.infer<typeof approveSchema>, unknown>, "permission">;
  const waiting = await submitRequest(story.ana, story.draft());
  const decided = await approved(story);
  const vote = (requestId: string) => ({ requestId, version: 1, words: "" });
  await attempt(story.ada, decide, vote(waiting.id));
  await attempt(story.max, decide, vote(decided.id));
  expect(await refusalsOf(waiting.number)).toEqual([
    { code: "access.refused", requestNumber: waiting.number, grant: undefined },
  ]);
  expect(await refusalsOf(decided.number)).toEqual([
    { code: "decision.refused", requestNumber: decided.number, grant: decided.grantId },
  ]);
});

test("a refusal about a grant that does not exist is on record with the id that was sent", async () => {
  const grantId = "00000000-0000-4000-8000-000000000000";
  await attempt(story.ana, reveal, { grantId });
  const [row] = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events WHERE grant_id = ${grantId}`;
  expect(JSON.parse(row?.entry ?? "{}")).toMatchObject({ code: "reveal.refused", grantId });
});

const lastEntry = async () => {
  const [row] = await story.control.owner<{ entry: string }[]>`
    SELECT entry FROM audit_events ORDER BY seq DESC LIMIT 1`;
  return JSON.parse(row?.entry ?? "{}") as Record<string, unknown>;
};

test("a route that says no is on record as an action is, with who asked, by what, and the reason", async () => {
  const webRequest = "0b0e7a52-58a5-4f2c-9d0c-0d1b4c0f5a11";
  const ana = { ...story.ana, origin: { device: "Firefox on Linux", webRequest } };
  const answer = await refuseRoute(ana, "export-table", new Refusal("exports-spent"));
  expect(answer.status).toBe(429);
  expect(await answer.text()).toContain("Too many exports");
  expect(await lastEntry()).toMatchObject({
    ...{ code: "access.refused", session: story.ana.sessionId, device: "Firefox on Linux", webRequest },
    actor: { name: "Ana" },
    details: { action: "export-table", kind: "route", refusal: "exports-spent" },
    writer: {
      instance: expect.stringMatching(/^[0-9a-f]{12}$/) as unknown,
      version: expect.any(String) as unknown,
    },
  });
});

test("an error on our side is on record with the reference that the person reads, and without its text", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const broken = {
    name: "broken",
    input: z.object({ requestId: z.uuid() }),
    deed: () => Promise.reject(new Error("duplicate key: jane@example.test")),
    about: ({ requestId }: { requestId: string }) => ({ requestId }),
  };
  const requestId = "00000000-0000-4000-8000-00000000000a";
  const error = await attempt(story.ana, broken, { requestId }).catch((thrown: unknown) => thrown);
  said.mockRestore();
  const { digest } = error as { digest: string };
  const entry = await lastEntry();
  expect(entry).toMatchObject({
    code: "action.failed",
    requestId,
    details: { action: "broken", reference: digest },
  });
  expect(JSON.stringify(entry)).not.toContain("jane");
});
