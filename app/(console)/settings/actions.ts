"use server";

import { z } from "zod";
import { addPasskey, addSchema, askToAddPasskey, askToAddSchema } from "@/lib/auth/add-passkey";
import { changePassword, passwordSchema } from "@/lib/auth/change-password";
import { endOwnSession, sessionSchema } from "@/lib/auth/end-session";
import { removeOwnPasskey, removeSchema } from "@/lib/auth/remove-passkey";
import type { MakingAnswer, PasskeyAnswer } from "@/lib/auth/view";
import { changeWishes, wishesSchema } from "@/lib/mail/change-wishes";
import { askTestMail, testMailSchema } from "@/lib/mail/watch-mail";
import { accountSchema, changeAccount } from "@/lib/people/change-account";
import { keepPreference } from "@/lib/web/preferences";
import { rowHeights, rowsCookie } from "@/lib/web/rows";
import { run, runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const permission = "settings";
const passkeyAction = { permission, refused: "passkey.refused" } as const;

export async function saveAccount(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "change-account", permission, input: accountSchema, deed: changeAccount } as const;
  return runForm(action, form, { message: "Saved" });
}

export async function savePassword(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "change-password",
    permission,
    input: passwordSchema,
    deed: changePassword,
  } as const;
  return runForm(action, form, {
    message: "The new password counts from now on. You are signed out everywhere else.",
  });
}

export async function endSession(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "end-session", permission, input: sessionSchema, deed: endOwnSession } as const;
  return runForm(action, form, { message: "The session is ended" });
}

export async function askToMakePasskey(wanted: z.input<typeof askToAddSchema>): Promise<MakingAnswer> {
  return run(
    { ...passkeyAction, name: "ask-to-add-passkey", input: askToAddSchema, deed: askToAddPasskey },
    wanted,
  );
}

export async function keepPasskey(wanted: z.input<typeof addSchema>): Promise<PasskeyAnswer> {
  return run({ ...passkeyAction, name: "add-passkey", input: addSchema, deed: addPasskey }, wanted);
}

export async function dropPasskey(_: FormState, form: FormData): Promise<FormState> {
  const action = { ...passkeyAction, name: "remove-passkey", input: removeSchema, deed: removeOwnPasskey };
  return runForm(action, form, { message: "The passkey is removed" });
}

export async function saveWishes(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "change-mail-wishes", permission, input: wishesSchema, deed: changeWishes } as const;
  return runForm(action, form, { message: "Saved" });
}

export async function tryMail(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "try-mail",
    permission: "people",
    input: testMailSchema,
    deed: askTestMail,
  } as const;
  return runForm(action, form, {
    message: "The message is on its way. Load the page again to see how it went.",
  });
}

export async function setRows(form: FormData): Promise<void> {
  const input = z.object({ rows: z.enum(rowHeights) });
  const deed = (_ctx: unknown, { rows }: z.infer<typeof input>) => keepPreference(rowsCookie, rows);
  await runForm({ name: "set-rows", permission, input, deed }, form, { message: "Row height changed" });
}
