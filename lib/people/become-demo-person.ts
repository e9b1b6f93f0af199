import "server-only";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { replaceSession } from "@/lib/auth/end-session";
import { startSession } from "@/lib/auth/start-session";
import { env } from "@/lib/env";
import { idInput } from "@/lib/id-input";
import { demoPeople } from "@/lib/people/demo-people";
import type { DemoChoice } from "@/lib/people/view";
import { Refusal } from "@/lib/refusal";

export const becomeSchema = z.object({
  personId: idInput(),
  userAgent: z.string().nullable().default(null),
});

/** The people of the demo to switch between; none outside of it. */
export function demoChoices(ctx?: Pick<Context, "actor">): DemoChoice[] {
  if (!env().demo) return [];
  return demoPeople.map(({ id, name, does }) => ({ id, name, does, isSelf: id === ctx?.actor.id }));
}

/**
 * Ends the session of this browser and starts one of a person of the demo, without a password and on record.
 * Refused outside of the demo, and for everybody who is not in its cast.
 */
export async function becomeDemoPerson(
  ctx: Context,
  input: z.infer<typeof becomeSchema>,
): Promise<{ sessionId: string }> {
  const chosen = demoChoices().find(({ id }) => id === input.personId);
  if (!chosen) throw new Refusal("not-permitted");
  return recorded(ctx, async (tx) => {
    const session = await startSession(tx, chosen.id, { ip: ctx.ip, userAgent: input.userAgent });
    const replaced = await replaceSession(tx, ctx.sessionId);
    return {
      result: { sessionId: session.id },
      event: [
        { code: "auth.signed_in", details: { demo: true, replaced: replaced.ended > 0 } },
        ...replaced.grants,
      ],
      as: { ...ctx, actor: session.actor, sessionId: session.id },
    };
  });
}
