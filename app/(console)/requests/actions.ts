"use server";

import type { z } from "zod";
import type { PasskeyAnswer, SigningAnswer } from "@/lib/auth/view";
import { answerQuestion, answerSchema } from "@/lib/approvals/answer-question";
import { commentRequest, commentSchema } from "@/lib/approvals/comment-request";
import { oneId } from "@/lib/id-input";
import type { PlainAnswer, RevealAnswer, RevealWanted, WindowAnswer } from "@/lib/reveals/view";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { copySchema, recordCopy } from "@/lib/reveals/record-copy";
import { returnGrant } from "@/lib/reveals/return-grant";
import { revealFields, revealSchema } from "@/lib/reveals/reveal-fields";
import * as opening from "@/lib/reveals/sign-opening";
import { cohortDraftSchema, cohortSketchSchema, draftSchema, sketchSchema } from "@/lib/requests/draft";
import {
  cohortEmergencySchema,
  draftEmergencySchema,
  emergencySchema,
  openEmergency,
  sendEmergency,
} from "@/lib/requests/open-emergency";
import { extendRequest, extensionSchema } from "@/lib/requests/extend-request";
import { emergencyCohort, previewCohort, submitCohort } from "@/lib/requests/request-cohort";
import { nudgeRequest, nudgeSchema } from "@/lib/requests/nudge-request";
import { previewRequest } from "@/lib/requests/preview-request";
import { submitRequest } from "@/lib/requests/submit-request";
import type { PreviewAnswer, RequestDraft, SubmitAnswer } from "@/lib/requests/view";
import { withdrawRequest } from "@/lib/requests/withdraw-request";
import { run, runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

export async function preview(draft: RequestDraft): Promise<PreviewAnswer> {
  return run(
    { name: "preview-request", permission: "request", input: sketchSchema, deed: previewRequest },
    draft,
  );
}

export async function submit(draft: RequestDraft): Promise<SubmitAnswer> {
  return run(
    {
      name: "submit-request",
      permission: "request",
      input: draftSchema,
      deed: submitRequest,
      refused: "request.refused",
    },
    draft,
  );
}

export async function previewAllThatMatch(cohort: string, draft: RequestDraft): Promise<PreviewAnswer> {
  return run(
    { name: "preview-cohort", permission: "request", input: cohortSketchSchema, deed: previewCohort },
    { ...draft, cohort },
  );
}

export async function submitAllThatMatch(cohort: string, draft: RequestDraft): Promise<SubmitAnswer> {
  return run(
    {
      name: "submit-cohort",
      permission: "request",
      input: cohortDraftSchema,
      deed: submitCohort,
      refused: "request.refused",
    },
    { ...draft, cohort },
  );
}

/** Sends a request and opens it at once, as an emergency. */
export async function submitEmergency(draft: RequestDraft, why: string): Promise<SubmitAnswer> {
  return run(
    {
      name: "submit-emergency",
      permission: "request",
      input: draftEmergencySchema,
      deed: sendEmergency,
      refused: "request.refused",
    },
    { ...draft, why },
  );
}

export async function emergencyAllThatMatch(
  cohort: string,
  draft: RequestDraft,
  why: string,
): Promise<SubmitAnswer> {
  return run(
    {
      name: "emergency-cohort",
      permission: "request",
      input: cohortEmergencySchema,
      deed: emergencyCohort,
      refused: "request.refused",
    },
    { ...draft, cohort, why },
  );
}

export async function extend(wanted: z.input<typeof extensionSchema>): Promise<SubmitAnswer> {
  return run(
    {
      name: "extend-request",
      permission: "request",
      input: extensionSchema,
      deed: extendRequest,
      refused: "request.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    wanted,
  );
}

export async function withdraw(requestId: string): Promise<PlainAnswer> {
  return run(
    {
      name: "withdraw-request",
      permission: "request",
      input: oneId,
      deed: withdrawRequest,
      refused: "request.refused",
      about: (id) => ({ requestId: id }),
    },
    requestId,
  );
}

export async function nudge(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "nudge-request",
      permission: "request",
      input: nudgeSchema,
      deed: nudgeRequest,
      refused: "request.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    form,
    {
      message: ({ reminded }) =>
        reminded === 1 ? "One person is reminded" : `${reminded} people are reminded`,
    },
  );
}

export async function breakGlass(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "open-emergency",
      permission: "request",
      input: emergencySchema,
      deed: openEmergency,
      refused: "request.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    form,
    { message: ({ number }) => `Request ${number} is open, and others have been named to judge it` },
  );
}

/** Written by the requester and by approvers alike: the deed reads who may. */
export async function comment(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "comment-request",
      permission: "home",
      input: commentSchema,
      deed: commentRequest,
      refused: "comment.refused",
      about: ({ requestId }) => ({ requestId }),
    },
    form,
    { message: ({ number }) => `Your comment on request ${number} is there` },
  );
}

export async function answer(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "answer-question",
      permission: "request",
      input: answerSchema,
      deed: answerQuestion,
      refused: "comment.refused",
    },
    form,
    { message: ({ asker }) => `${asker} reads your answer` },
  );
}

export async function activate(grantId: string): Promise<WindowAnswer> {
  return run(
    {
      name: "activate-grant",
      permission: "reveal",
      input: oneId,
      deed: activateGrant,
      refused: "reveal.refused",
      about: (id) => ({ grantId: id }),
    },
    grantId,
  );
}

const openingAction = {
  permission: "reveal",
  refused: "passkey.refused",
  about: ({ grantId }: { grantId: string }) => ({ grantId }),
} as const;

export async function askToOpen(wanted: z.input<typeof opening.askToOpenSchema>): Promise<SigningAnswer> {
  return run(
    {
      ...openingAction,
      ...{ name: "ask-to-open", input: opening.askToOpenSchema, deed: opening.askToOpen },
    },
    wanted,
  );
}

export async function signOpening(wanted: z.input<typeof opening.signOpeningSchema>): Promise<PasskeyAnswer> {
  return run(
    {
      ...openingAction,
      ...{ name: "sign-opening", input: opening.signOpeningSchema, deed: opening.signOpening },
    },
    wanted,
  );
}

/** The one action whose answer carries raw values: it refreshes nothing, so that they are in no payload of a page. */
export async function reveal(wanted: RevealWanted): Promise<RevealAnswer> {
  return run(
    {
      name: "reveal-fields",
      permission: "reveal",
      input: revealSchema,
      deed: revealFields,
      refused: "reveal.refused",
      about: ({ grantId }) => ({ grantId }),
    },
    wanted,
  );
}

export async function giveBack(grantId: string): Promise<PlainAnswer> {
  return run(
    {
      name: "return-grant",
      permission: "home",
      input: oneId,
      deed: returnGrant,
      refused: "reveal.refused",
      about: (id) => ({ grantId: id }),
    },
    grantId,
  );
}

export async function copied(cell: z.input<typeof copySchema>): Promise<PlainAnswer> {
  return run(
    {
      name: "record-copy",
      permission: "reveal",
      input: copySchema,
      deed: recordCopy,
      refused: "reveal.refused",
      about: ({ grantId }) => ({ grantId }),
    },
    cell,
  );
}
