import "server-only";
import { expect } from "vitest";
import type { Context } from "@/lib/auth/context";
import { activatePolicy } from "@/lib/policies/activate-policy";
import { changeDraft, newDraft } from "@/lib/policies/save-draft";
import { testDraft } from "@/lib/policies/test-draft";
import { openEmergency } from "@/lib/requests/open-emergency";
import { submitRequest } from "@/lib/requests/submit-request";
import { documentOf, type PolicyName } from "../life-cycle/policies";
import { oneWins, type Race, type Stage } from "./stage";

/** What the policy says, while another one comes into force or its limits are reached. */
export function ruleRaces(stage: Stage): Race[] {
  const { story } = stage;
  return [
    {
      title: "two activate one draft: one does",
      set: async () => {
        const [quinn, rosa] = [await admin(stage), await admin(stage)];
        const draft = await tested(stage, "one");
        return {
          deeds: [() => activatePolicy(quinn, draft), () => activatePolicy(rosa, draft)],
          judge: (outcomes) => oneWins(outcomes, "policy-not-a-draft", "changed-meanwhile"),
        };
      },
    },
    {
      title: "two drafts are activated: in turn, and the one on record last counts",
      set: async () => {
        const quinn = await admin(stage);
        const [one, other] = [await tested(stage, "one"), await tested(stage, "two")];
        const since = await stage.logSize();
        return {
          deeds: [() => activatePolicy(quinn, one), () => activatePolicy(quinn, other)],
          judge: async (outcomes) => {
            expect(outcomes.map(({ told }) => told)).toEqual(["done", "done"]);
            const [active] = await story.control.owner<{ number: number; last: number }[]>`
              SELECT number, (SELECT (entry::jsonb ->> 'policyVersion')::int FROM audit_events
                WHERE seq >= ${since} AND code = 'policy.activated' ORDER BY seq DESC LIMIT 1) AS last
              FROM policy_versions WHERE state = 'active'`;
            expect(active!.number).toBe(active!.last);
          },
        };
      },
    },
    {
      title: "a draft is changed and activated: nothing counts that was not tested as it is",
      set: async () => {
        const quinn = await admin(stage);
        const draft = await tested(stage, "one");
        const change = () =>
          changeDraft(story.pia, { ...draft, note: "other", document: documentOf("auto") });
        return {
          deeds: [() => activatePolicy(quinn, draft), change],
          judge: (outcomes) =>
            oneWins(outcomes, "policy-not-a-draft", "changed-meanwhile", "policy-untested"),
        };
      },
    },
    {
      title:
        "a request is sent while another policy is activated: it is decided by the one on record before it",
      set: async () => {
        await stage.policy("auto");
        const quinn = await admin(stage);
        const draft = await tested(stage, "never");
        const since = await stage.logSize();
        const tess = await stage.person("Tess", ["agent"]);
        return {
          deeds: [() => submitRequest(tess, story.draft()), () => activatePolicy(quinn, draft)],
          judge: () => expectRuledInTurn(stage, since),
        };
      },
    },
    {
      title: "an emergency is opened while a policy without any is activated: only before it",
      set: async () => {
        await stage.policy("emergency");
        const quinn = await admin(stage);
        const draft = await tested(stage, "one");
        const asked = await stage.asked(await stage.person("Tess", ["agent"]));
        const since = await stage.logSize();
        const reason = "The ambulance is with her and asks who to call.";
        return {
          deeds: [
            () => openEmergency(asked.by, { requestId: asked.id, reason }),
            () => activatePolicy(quinn, draft),
          ],
          judge: async ([open]) => {
            stage.forgetPolicy();
            const codes = await stage.codes(since);
            const opened = codes.indexOf("emergency.opened");
            expect(opened >= 0).toBe(open!.told === "done");
            if (opened >= 0) expect(opened, codes.join(" ")).toBeLessThan(codes.indexOf("policy.activated"));
            else expect(open!.told).toBe("emergency-not-allowed");
          },
        };
      },
    },
    { title: "the last two requests that may wait: one is sent", set: () => lastSeat(stage) },
    { title: "two requests that are granted at once share one budget of records", set: () => budget(stage) },
  ];
}

const admin = (stage: Stage): Promise<Context> => stage.person("Quinn", ["policy_admin"]);

async function tested(stage: Stage, name: PolicyName): Promise<{ number: number; version: number }> {
  const { pia } = stage.story;
  stage.forgetPolicy();
  const draft = await newDraft(pia, { basedOn: null, note: name, document: documentOf(name) });
  return { number: draft.number, version: (await testDraft(pia, draft)).version };
}

/** Whoever follows the log must find each request decided by the policy that counted where it stands. */
async function expectRuledInTurn({ story }: Stage, since: number): Promise<void> {
  const rows = await story.control.owner<{ code: string; version: number }[]>`
    SELECT code, (entry::jsonb ->> 'policyVersion')::int AS version FROM audit_events
    WHERE seq >= ${since} AND code IN ('policy.activated', 'request.submitted') ORDER BY seq`;
  const activated = rows.findIndex(({ code }) => code === "policy.activated");
  const sent = rows.findIndex(({ code }) => code === "request.submitted");
  expect([activated, sent]).toContainEqual(0);
  expect([activated, sent]).toContainEqual(1);
  const same = rows[sent]!.version === rows[activated]!.version;
  expect(same, "decided by the policy of that place in the log").toBe(sent > activated);
}

/** So many requests of one person wait already that only one more may. */
async function lastSeat(stage: Stage): ReturnType<Race["set"]> {
  const { story } = stage;
  await stage.policy("one");
  const eager = await stage.person("Eager", ["agent"]);
  const sent = await stage.asked(eager);
  await story.control.owner`
    INSERT INTO requests (requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds,
      risk, risk_points, policy_version, rule, eligible_ids, channel, content_hash, created_at, expires_at)
    SELECT requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds, risk,
      risk_points, policy_version, rule, eligible_ids, channel, content_hash, created_at, expires_at
    FROM requests, generate_series(1, 98) WHERE id = ${sent.id}`;
  const send = () => submitRequest(eager, story.draft());
  return {
    deeds: [send, send],
    judge: async (outcomes) => {
      await story.control.owner`DELETE FROM requests WHERE requester_id = ${eager.actor.personId}
        AND NOT EXISTS (SELECT FROM audit_events e WHERE e.request_id = requests.id)`;
      oneWins(outcomes, "too-fast");
    },
  };
}

/** A rule grants at once while somebody has seen nothing this week: of two at the same moment, one is the first. */
async function budget(stage: Stage): ReturnType<Race["set"]> {
  const { story } = stage;
  await stage.policy([{ when: "history.subjects_7d < 1", outcome: { kind: "auto" } }]);
  const tess = await stage.person("Tess", ["agent"]);
  const send = () => submitRequest(tess, story.draft());
  return {
    deeds: [send, send],
    judge: async (outcomes) => {
      expect(outcomes.map(({ told }) => told)).toEqual(["done", "done"]);
      const [row] = await story.control.owner<{ granted: number }[]>`
        SELECT count(*)::int AS granted FROM grants WHERE holder_id = ${tess.actor.personId}`;
      expect(row!.granted).toBe(1);
    },
  };
}
