import "server-only";
import { expect } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { judgeReview } from "@/lib/approvals/judge-review";
import { narrowRequest } from "@/lib/approvals/narrow-request";
import type { Context } from "@/lib/auth/context";
import { sweep } from "@/lib/expiry/sweep";
import { openEmergency } from "@/lib/requests/open-emergency";
import { withdrawRequest } from "@/lib/requests/withdraw-request";
import { type Asked, oneWins, type Race, type Stage } from "./stage";

const seen = ({ id }: Asked, version = 1) => ({ requestId: id, version, words: null });
const anybody = [
  { outcome: { kind: "review", steps: [{ anyOf: [{ who: { kind: "approvers" }, count: 1 }] }] } },
];
const reason = "The ambulance is with her and asks who to call.";

/** Of two decisions on one request at once, one wins and the other is told. */
export function decisionRaces(stage: Stage): Race[] {
  const { story } = stage;
  const approve = (who: Context, asked: Asked) => () => approveRequest(who, seen(asked));
  const deny = (who: Context, asked: Asked) => () =>
    denyRequest(who, { ...seen(asked), words: "Not for this." });
  const decided = ["already-decided", "changed-meanwhile"];
  const on = async (policy: Parameters<Stage["policy"]>[0]) => {
    await stage.policy(policy);
    return stage.asked();
  };
  return [
    {
      title: "two approvers approve: one does, the other is told",
      set: async () => {
        const asked = await on(anybody);
        return {
          deeds: [approve(story.max, asked), approve(story.noor, asked)],
          judge: (outcomes) => oneWins(outcomes, ...decided),
        };
      },
    },
    {
      title: "one approver twice, in two tabs: counts once",
      set: async () => {
        const asked = await on("both");
        return {
          deeds: [approve(story.max, asked), approve(story.max, asked)],
          judge: (outcomes) => oneWins(outcomes, "already-voted"),
        };
      },
    },
    {
      title: "the last two of three seats' worth of approvers fill two: none is filled twice",
      set: async () => {
        const asked = await on("both");
        return {
          deeds: [story.max, story.noor, story.paul].map((who) => approve(who, asked)),
          judge: (outcomes) => oneWins(outcomes, "changed-meanwhile"),
        };
      },
    },
    {
      title: "one approves, one denies, one narrows: one of them decides",
      set: async () => {
        const asked = await on(anybody);
        const narrow = () => narrowRequest(story.paul, { ...seen(asked), viewSeconds: 60 });
        return {
          deeds: [approve(story.max, asked), deny(story.noor, asked), narrow],
          judge: (outcomes) => oneWins(outcomes, ...decided),
        };
      },
    },
    {
      title: "an approval and a withdrawal: one wins",
      set: async () => {
        const asked = await on("one");
        return {
          deeds: [approve(story.max, asked), () => withdrawRequest(asked.by, asked.id)],
          judge: (outcomes) => oneWins(outcomes, ...decided),
        };
      },
    },
    {
      title: "an approval and the end of the waiting time with its sweep: one wins",
      set: async () => {
        const asked = await on("one");
        return {
          deeds: [approve(story.max, asked), () => timeIsOver(stage, asked).then(sweep)],
          judge: async ([vote]) => {
            const codes = await stage.codes(0, asked);
            expect(["done", "request-expired"]).toContain(vote!.told);
            while ((await sweep()).expired > 0);
            const over = (await stage.codes(0, asked)).at(-1);
            expect(over).toBe(vote!.told === "done" ? "request.approved" : "request.expired");
            expect(codes[0]).toBe("request.submitted");
          },
        };
      },
    },
    {
      title: "an approval, a withdrawal and a denial by another: one wins",
      set: async () => {
        const asked = await on(anybody);
        return {
          deeds: [
            approve(story.max, asked),
            () => withdrawRequest(asked.by, asked.id),
            deny(story.vera, asked),
          ],
          judge: (outcomes) => oneWins(outcomes, ...decided),
        };
      },
    },
    ...emergencyRaces(stage),
  ];
}

async function timeIsOver({ story }: Stage, { id }: Asked): Promise<void> {
  await story.control.owner`
    UPDATE requests SET created_at = created_at - interval '25 hours', expires_at = clock_timestamp()
    WHERE id = ${id} AND state = 'pending'`;
}

function emergencyRaces(stage: Stage): Race[] {
  const { story } = stage;
  const emergency = async () => {
    await stage.policy("emergency");
    return stage.asked(await stage.person("Tess", ["agent"]));
  };
  const open = (asked: Asked) => () => openEmergency(asked.by, { requestId: asked.id, reason });
  return [
    {
      title: "an emergency and an approval: one wins",
      set: async () => {
        const asked = await emergency();
        return {
          deeds: [open(asked), () => approveRequest(story.max, seen(asked))],
          judge: (outcomes) => oneWins(outcomes, "already-decided", "changed-meanwhile"),
        };
      },
    },
    {
      title: "an emergency and a withdrawal: one wins",
      set: async () => {
        const asked = await emergency();
        return {
          deeds: [open(asked), () => withdrawRequest(asked.by, asked.id)],
          judge: (outcomes) => oneWins(outcomes, "already-decided", "changed-meanwhile"),
        };
      },
    },
    {
      title: "the third and the fourth emergency of a day: one opens",
      set: async () => {
        const first = await emergency();
        const others = [
          await stage.asked(first.by),
          await stage.asked(first.by),
          await stage.asked(first.by),
        ];
        await open(first)();
        await open(others[0]!)();
        return {
          deeds: [open(others[1]!), open(others[2]!)],
          judge: (outcomes) => oneWins(outcomes, "emergencies-spent"),
        };
      },
    },
    {
      title: "two judge one emergency: one judgement stands",
      set: async () => {
        await stage.policy([{ outcome: anybody[0]!.outcome, breakGlass: true }]);
        const asked = await stage.asked(await stage.person("Tess", ["agent"]));
        await open(asked)();
        const [review] = await story.control.owner<{ id: string }[]>`
          SELECT id FROM reviews WHERE request_id = ${asked.id}`;
        const judge = (who: Context, verdict: "justified" | "not-justified") => () =>
          judgeReview(who, { reviewId: review!.id, verdict, words: "It was as it was told." });
        return {
          deeds: [judge(story.noor, "justified"), judge(story.vera, "not-justified")],
          judge: (outcomes) => oneWins(outcomes, "review-over"),
        };
      },
    },
  ];
}
