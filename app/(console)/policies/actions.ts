"use server";

import { refresh } from "next/cache";
import { activatePolicy } from "@/lib/policies/activate-policy";
import { copyVersion, copyVersionSchema } from "@/lib/policies/copy-version";
import { draftRefSchema } from "@/lib/policies/hold-draft";
import { keepScenario, keepScenarioSchema } from "@/lib/policies/keep-scenario";
import { saveAndTest } from "@/lib/policies/save-and-test";
import { changeDraftSchema } from "@/lib/policies/save-draft";
import { testDraft } from "@/lib/policies/test-draft";
import type { ReplayAnswer, SaveAnswer } from "@/lib/policies/view";
import { replayPolicy, replaySchema } from "@/lib/requests/replay-policy";
import { simulateRequest, simulateSchema } from "@/lib/requests/simulate-request";
import type { SimulateAnswer } from "@/lib/requests/view";
import { run, runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const permission = "policies";

export async function beginDraft(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "copy-policy",
    permission,
    input: copyVersionSchema,
    deed: copyVersion,
  } as const;
  return runForm(action, form, {
    message: "The draft is made",
    redirectTo: ({ number }) => `/policies/${number}`,
  });
}

export async function save(raw: unknown): Promise<SaveAnswer> {
  const action = { name: "save-policy", permission, input: changeDraftSchema, deed: saveAndTest } as const;
  const outcome = await run(action, raw);
  if (outcome.ok) refresh();
  return outcome;
}

export async function replay(raw: unknown): Promise<ReplayAnswer> {
  return run({ name: "replay-policy", permission, input: replaySchema, deed: replayPolicy }, raw);
}

export async function simulate(raw: unknown): Promise<SimulateAnswer> {
  return run({ name: "simulate-request", permission, input: simulateSchema, deed: simulateRequest }, raw);
}

export async function keep(raw: unknown): Promise<SaveAnswer> {
  const action = {
    name: "keep-scenario",
    permission,
    input: keepScenarioSchema,
    deed: keepScenario,
    refused: "policy.refused",
  } as const;
  const outcome = await run(action, raw);
  if (outcome.ok) refresh();
  return outcome;
}

export async function tryDraft(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "test-policy", permission, input: draftRefSchema, deed: testDraft } as const;
  return runForm(action, form, {
    message: ({ passed, results }) => triedWords(passed, results.length),
  });
}

export async function activate(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "activate-policy",
    permission,
    input: draftRefSchema,
    deed: activatePolicy,
  } as const;
  return runForm(action, form, { message: ({ number }) => `Version ${number} counts from now on` });
}

function triedWords(passed: boolean, scenarios: number): string {
  if (passed) return "Every scenario came out as expected";
  return scenarios === 0 ? "There is no scenario yet" : "Some scenarios came out otherwise";
}
