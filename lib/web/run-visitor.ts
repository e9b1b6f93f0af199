import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentContext, visitor } from "@/lib/web/context";
import { ownPath } from "@/lib/auth/own-path";
import { attempt, formValues, type Action } from "@/lib/web/run";
import { setSessionCookie } from "@/lib/web/session-cookie";
import type { FormState } from "@/lib/web/view";

/** A deed that lets somebody in who is not signed in; the input itself must prove that they may. */
export type Entrance<Input> = Omit<Action<Input, { sessionId: string }>, "permission">;

/**
 * Runs a form by which somebody comes in: checks, does and records as `runForm` does, then goes signed in to the
 * page of ours that the form names in `next`, else home.
 */
export async function enter<Input>(entrance: Entrance<Input>, form: FormData): Promise<FormState> {
  const userAgent = (await headers()).get("user-agent");
  const outcome = await attempt((await currentContext()) ?? (await visitor()), entrance, {
    ...formValues(form),
    userAgent,
  });
  if (!outcome.ok)
    return { status: "refused", what: outcome.what, next: outcome.next, fields: outcome.fields };
  await setSessionCookie(outcome.output.sessionId);
  redirect(ownPath(form.get("next")));
}
