import { expect, test } from "vitest";
import { concernedBy, peopleNamed } from "./look-again";

const person = "0a8f2b64-94c7-4c3c-9c53-3f1c2a5d7e10";

test("what changes a request, a grant or somebody's sessions concerns people; what is only looked at or refused, nobody", () => {
  expect(concernedBy([{ code: "grant.revoked", requestId: "r1", grantId: "g1" }], "max")).toEqual({
    people: [],
    requests: ["r1"],
    deciders: false,
  });
  for (const code of [
    "request.submitted",
    "request.question_asked",
    "emergency.opened",
    "review.judged_justified",
  ] as const)
    expect(concernedBy([{ code, requestId: "r1" }], "ana").requests, code).toEqual(["r1"]);
  expect(concernedBy([{ code: "auth.signed_out" }], "ana").people).toEqual(["ana"]);
  const disabled = { code: "person.disabled", subject: { id: "ana", name: "Ana" } } as const;
  expect(concernedBy([disabled], "ada").people).toEqual(["ana"]);
  for (const code of [
    "reveal.opened",
    "request.refused",
    "review.refused",
    "comment.refused",
    "browse.table_opened",
    "audit.read",
  ] as const)
    expect(concernedBy([{ code, requestId: "r1" }], "ana"), code).toEqual({
      people: [],
      requests: [],
      deciders: false,
    });
});

test("whoever may decide looks again when a group, an owner or the policy has changed", () => {
  for (const code of ["group.changed", "owners.changed", "policy.activated"] as const)
    expect(concernedBy([{ code }], "ada"), code).toEqual({ people: [], requests: [], deciders: true });
  expect(concernedBy([{ code: "policy.saved" }], "pia").deciders).toBe(false);
});

test("a message names people by their ids and nothing else", () => {
  expect(peopleNamed(`${person},x,'; DROP TABLE people; --,`)).toEqual([person]);
  expect(peopleNamed("")).toEqual([]);
});
