import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { visitor } from "@/lib/web/context";
import { attempt, formValues, type Action } from "@/lib/web/run";
import { setSessionCookie } from "@/lib/web/session-cookie";
import type { FormState } from "@/lib/web/view";

/** A deed that lets somebody in who is not signed in; the input itself must prove that they may. */
export type Entrance<Input> = Omit<Action<Input, { sessionId: string }>, "permission">;

/** Runs a form by which somebody comes in: checks, does, and records as `runForm` does, then goes home signed in. */
export async function enter<Input>(entrance: Entrance<Input>, form: FormData): Promise<FormState> {
  const userAgent = (await headers()).get("user-agent");
  const outcome = await attempt(await visitor(), entrance, { ...formValues(form), userAgent });
  if (!outcome.ok)
    return { status: "refused", what: outcome.what, next: outcome.next, fields: outcome.fields };
  await setSessionCookie(outcome.output.sessionId);
  redirect("/");
}
