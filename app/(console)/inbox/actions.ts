"use server";

import type { z } from "zod";
import { approveRequest, approveSchema } from "@/lib/approvals/approve-request";
import { askQuestion } from "@/lib/approvals/ask-question";
import { askToSignSchema, askToSign as deedOfSigning } from "@/lib/approvals/ask-to-sign";
import { commentSchema } from "@/lib/approvals/comment-request";
import { denyRequest, denySchema } from "@/lib/approvals/deny-request";
import { narrowRequest, narrowSchema } from "@/lib/approvals/narrow-request";
import { revokeGrant, revokeSchema } from "@/lib/approvals/revoke-grant";
import type { DecisionAnswer, RevokeAnswer } from "@/lib/approvals/view";
import type { SigningAnswer } from "@/lib/auth/view";
import { run, runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

export async function approve(wanted: z.input<typeof approveSchema>): Promise<DecisionAnswer> {
  return run(
    {
      name: "approve-request",
      permission: "decide",
      input: approveSchema,
      deed: approveRequest,
      refused: "decision.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    wanted,
  );
}

export async function narrow(wanted: z.input<typeof narrowSchema>): Promise<DecisionAnswer> {
  return run(
    {
      name: "narrow-request",
      permission: "decide",
      input: narrowSchema,
      deed: narrowRequest,
      refused: "decision.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    wanted,
  );
}

export async function askToSign(wanted: z.input<typeof askToSignSchema>): Promise<SigningAnswer> {
  return run(
    {
      name: "ask-to-sign",
      permission: "decide",
      input: askToSignSchema,
      deed: deedOfSigning,
      refused: "decision.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    wanted,
  );
}

export async function deny(wanted: z.input<typeof denySchema>): Promise<DecisionAnswer> {
  return run(
    {
      name: "deny-request",
      permission: "decide",
      input: denySchema,
      deed: denyRequest,
      refused: "decision.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    wanted,
  );
}

export async function revoke(wanted: z.input<typeof revokeSchema>): Promise<RevokeAnswer> {
  return run(
    {
      name: "revoke-grant",
      permission: "revoke",
      input: revokeSchema,
      deed: revokeGrant,
      refused: "decision.refused",
      about: ({ grantId }) => ({ grantId }),
    },
    wanted,
  );
}

export async function ask(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "ask-question",
      permission: "decide",
      input: commentSchema,
      deed: askQuestion,
      refused: "comment.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    form,
    { message: ({ number, requester }) => `${requester} reads your question about request ${number}` },
  );
}
