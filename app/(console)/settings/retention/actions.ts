"use server";

import { askToLiftHold, liftHold, placeHold } from "@/lib/retention/hold-log";
import {
  askLiftSchema,
  decidePeriodSchema,
  holdSchema,
  liftHoldSchema,
  periodSchema,
} from "@/lib/retention/input";
import { confirmPeriod, dropPeriod, setPeriod } from "@/lib/retention/set-period";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const refused = "retention.refused";

export async function setRetention(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "set-retention",
    permission: "retentionSet",
    input: periodSchema,
    deed: setPeriod,
    refused,
  } as const;
  return runForm(action, form, { message: "Set. It counts when another person has confirmed it" });
}

export async function confirmRetention(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "confirm-retention",
    permission: "retention",
    input: decidePeriodSchema,
    deed: confirmPeriod,
    refused,
  } as const;
  return runForm(action, form, { message: "Confirmed. It counts from now on" });
}

export async function dropRetention(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "drop-retention",
    permission: "retention",
    input: decidePeriodSchema,
    deed: dropPeriod,
    refused,
  } as const;
  return runForm(action, form, { message: "Taken back. What counted before still does" });
}

export async function hold(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "hold-log",
    permission: "hold",
    input: holdSchema,
    deed: placeHold,
    refused,
  } as const;
  return runForm(action, form, { message: ({ name }) => `Held: ${name}` });
}

export async function askToLift(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "ask-to-lift-hold",
    permission: "hold",
    input: askLiftSchema,
    deed: askToLiftHold,
    refused,
  } as const;
  return runForm(action, form, { message: ({ name }) => `Another person has to lift it: ${name}` });
}

export async function lift(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "lift-hold",
    permission: "retention",
    input: liftHoldSchema,
    deed: liftHold,
    refused,
  } as const;
  return runForm(action, form, { message: ({ name }) => `The hold is lifted: ${name}` });
}
