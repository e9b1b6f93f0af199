"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { themeCookie, themes } from "@/components/layout/theme";
import {
  askForProof,
  askProofSchema,
  passkeyProofSchema,
  provePasskey as provePasskeyDeed,
} from "@/lib/auth/prove-passkey";
import type { PasskeyAnswer, SigningAnswer } from "@/lib/auth/view";
import { proofSchema, provePassword } from "@/lib/auth/prove-password";
import * as sessions from "@/lib/auth/end-session";
import { cancelDownload as cancelDownloadDeed, cancelDownloadSchema } from "@/lib/downloads/cancel-download";
import { listTableCommands } from "@/lib/home/list-table-commands";
import type { TableCommand } from "@/lib/home/view";
import { keepPreference } from "@/lib/web/preferences";
import { run, runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";
import { clearSessionCookie } from "@/lib/web/session-cookie";

export async function signOut(): Promise<void> {
  await run({ name: "sign-out", permission: "home", input: z.object({}), deed: sessions.signOut }, {});
  await clearSessionCookie();
  redirect("/sign-in");
}

export async function prove(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "give-password",
    permission: "home",
    input: proofSchema,
    deed: provePassword,
  } as const;
  return runForm(action, form, { message: "Your password counts for ten minutes" });
}

const passkeyAction = { permission: "home", refused: "passkey.refused" } as const;

export async function askPasskey(): Promise<SigningAnswer> {
  const action = {
    ...passkeyAction,
    name: "ask-for-passkey",
    input: askProofSchema,
    deed: askForProof,
  } as const;
  return run(action, {});
}

export async function provePasskey(wanted: z.input<typeof passkeyProofSchema>): Promise<PasskeyAnswer> {
  const action = {
    ...passkeyAction,
    ...{ name: "use-passkey", input: passkeyProofSchema, deed: provePasskeyDeed },
  } as const;
  return run(action, wanted);
}

export async function findTables(): Promise<readonly TableCommand[]> {
  const action = {
    name: "find-tables",
    permission: "browse",
    input: z.undefined(),
    deed: listTableCommands,
  } as const;
  const found = await run(action, undefined);
  return found.ok ? found.output : [];
}

/** Ends a download of one's own; words where that could not be done, null otherwise. */
export async function cancelDownload(downloadId: string): Promise<string | null> {
  const action = {
    name: "cancel-download",
    permission: "home",
    input: cancelDownloadSchema,
    deed: cancelDownloadDeed,
    refused: "download.cancel_refused",
  } as const;
  const outcome = await run(action, { downloadId });
  return outcome.ok ? null : outcome.what;
}

export async function setTheme(form: FormData): Promise<void> {
  await runForm(
    {
      name: "set-theme",
      permission: "settings",
      input: z.object({ theme: z.enum(themes) }),
      deed: (_, { theme }) => keepPreference(themeCookie, theme),
    },
    form,
    { message: "Theme changed" },
  );
}
