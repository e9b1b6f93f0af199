"use server";

import { refresh } from "next/cache";
import { changeChecks } from "@/lib/catalog/change-checks";
import { applyPreset } from "@/lib/catalog/apply-preset";
import * as forms from "@/lib/catalog/choice-forms";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { confirmProposals } from "@/lib/catalog/confirm-proposals";
import * as connections from "@/lib/catalog/connection-deeds";
import { removeSource } from "@/lib/catalog/change-source";
import { cancelDiscovery, resumeDiscovery, startDiscovery } from "@/lib/catalog/discovery-run";
import { seeDrift } from "@/lib/catalog/read-drift";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { rotatedWords, rotateKeys } from "@/lib/catalog/rotate-keys";
import type * as view from "@/lib/catalog/view";
import { hardenForm, softenForm } from "@/lib/hardening/forms";
import { checkHardening, hardenSource, softenSource } from "@/lib/hardening/harden-source";
import type { CheckedView } from "@/lib/hardening/view";
import { run, runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const permission = "catalog";

export async function confirm(raw: unknown): Promise<view.Answer<view.ConfirmedView>> {
  return refreshed(
    run({ name: "confirm-columns", permission, input: forms.confirmForm, deed: confirmColumns }, raw),
  );
}

export async function confirmBulk(raw: unknown): Promise<view.Answer<view.ConfirmedView>> {
  return refreshed(
    run({ name: "confirm-proposals", permission, input: forms.bulkForm, deed: confirmProposals }, raw),
  );
}

export async function maskByPreset(raw: unknown): Promise<view.Answer<view.ConfirmedView>> {
  return refreshed(
    run({ name: "apply-preset", permission, input: forms.presetForm, deed: applyPreset }, raw),
  );
}

export async function reopen(raw: unknown): Promise<view.Answer<view.ReopenedView>> {
  return refreshed(
    run(
      {
        name: "reopen-columns",
        permission,
        input: forms.reopenForm,
        deed: (ctx, { sourceId, columns }) => reopenColumns(ctx, { sourceId, which: { columns } }),
      },
      raw,
    ),
  );
}

export async function undo(raw: unknown): Promise<view.Answer<view.ReopenedView>> {
  return refreshed(
    run(
      {
        name: "undo-confirmation",
        permission,
        input: forms.undoForm,
        deed: (ctx, { sourceId, confirmedAt }) => reopenColumns(ctx, { sourceId, which: { confirmedAt } }),
      },
      raw,
    ),
  );
}

export async function scan(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "scan-source",
      permission,
      input: forms.sourceForm,
      deed: (ctx, { sourceId }) => startDiscovery(ctx, { sourceId }),
    },
    form,
    { message: "The scan has started" },
  );
}

export async function cancelScan(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    { name: "cancel-discovery", permission, input: forms.sourceForm, deed: cancelDiscovery },
    form,
    {
      message: "The scan is cancelled. What was found so far is kept.",
    },
  );
}

export async function resumeScan(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    { name: "resume-discovery", permission, input: forms.sourceForm, deed: resumeDiscovery },
    form,
    {
      message: "The scan goes on",
    },
  );
}

export async function saveChecks(_: FormState, form: FormData): Promise<FormState> {
  return runForm({ name: "change-checks", permission, input: forms.checksForm, deed: changeChecks }, form, {
    message: "The schedule is saved",
  });
}

export async function seeNews(_: FormState, form: FormData): Promise<FormState> {
  return runForm({ name: "see-drift", permission, input: forms.sourceForm, deed: seeDrift }, form, {
    message: "Noted. What is hidden stays hidden until you review it.",
  });
}

export async function test(raw: unknown): Promise<view.Answer<view.ConnectionTest>> {
  return run(
    { name: "test-connection", permission, input: forms.testForm, deed: connections.testEntered },
    raw,
  );
}

export async function add(raw: unknown): Promise<view.Answer<view.AddedView>> {
  return run({ name: "add-source", permission, input: forms.addForm, deed: connections.addEntered }, raw);
}

export async function change(raw: unknown): Promise<view.Answer<view.ScannedView>> {
  return refreshed(
    run({ name: "change-source", permission, input: forms.changeForm, deed: connections.changeEntered }, raw),
  );
}

export async function remove(_: FormState, form: FormData): Promise<FormState> {
  return runForm({ name: "remove-source", permission, input: forms.removeForm, deed: removeSource }, form, {
    message: ({ name }) => `${name} is removed`,
    redirectTo: () => "/catalog",
  });
}

export async function rotate(_: FormState, form: FormData): Promise<FormState> {
  return runForm({ name: "rotate-keys", permission, input: forms.rotateForm, deed: rotateKeys }, form, {
    message: rotatedWords,
  });
}

export async function checkRoles(raw: unknown): Promise<view.Answer<CheckedView>> {
  return run({ name: "check-hardening", permission, input: hardenForm, deed: checkHardening }, raw);
}

export async function harden(raw: unknown): Promise<view.Answer<{ name: string }>> {
  return refreshed(run({ name: "harden-source", permission, input: hardenForm, deed: hardenSource }, raw));
}

export async function soften(_: FormState, form: FormData): Promise<FormState> {
  return runForm({ name: "soften-source", permission, input: softenForm, deed: softenSource }, form, {
    message: ({ name }) => `The console masks ${name} again`,
  });
}

async function refreshed<T>(outcome: Promise<view.Answer<T>>): Promise<view.Answer<T>> {
  const answer = await outcome;
  if (answer.ok) refresh();
  return answer;
}
