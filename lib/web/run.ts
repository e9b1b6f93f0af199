import "server-only";
import { refresh } from "next/cache";
import { redirect, unstable_rethrow } from "next/navigation";
import { z } from "zod";
import type { EventCode } from "@/lib/audit/codes";
import { record } from "@/lib/audit/recorded";
import { refusedAbout, type Named } from "@/lib/audit/refused-about";
import type { Context } from "@/lib/auth/context";
import { rolesAllow, type Permission } from "@/lib/auth/permissions";
import { idInput } from "@/lib/id-input";
import { Refusal, refusalWords } from "@/lib/refusal";
import { inputRefusal, NumberRefusal } from "@/lib/texts/input-refusal";
import { currentContext, visitor } from "@/lib/web/context";
import { reportFailure } from "@/lib/web/report-failure";
import type { FormState } from "@/lib/web/view";

/** How an action is run: who may, what it takes, what it does, and the event under which a refusal is on record. */
export type Action<Input, Output> = {
  name: string;
  permission: Permission;
  input: z.ZodType<Input>;
  deed: (ctx: Context, input: Input) => Promise<Output>;
  refused?: EventCode;
  /** What a refusal was about, by ids of the parsed input. */
  about?: (input: Input) => Named;
};

export type Outcome<Output> =
  | { ok: true; output: Output }
  | { ok: false; what: string; next: string; fields: Readonly<Record<string, string>> };

/**
 * Signs in, checks the permission before it looks at the input, parses, does the deed. A refusal becomes words
 * and an audit event; anything else ends as a reference number, its text stays on the server.
 */
export async function run<Input, Output>(
  action: Action<Input, Output>,
  raw: unknown,
): Promise<Outcome<Output>> {
  const ctx = await currentContext();
  if (!ctx) return refuse(await visitor(), action, new Refusal("not-signed-in"));
  if (!rolesAllow(ctx.actor.roles, action.permission))
    return refuse(ctx, action, new Refusal("not-permitted"));
  return attempt(ctx, action, raw);
}

/** The part of `run` after its checks, for a context that needs none: parses, does the deed, puts it in words. */
export async function attempt<Input, Output>(
  ctx: Context,
  action: Omit<Action<Input, Output>, "permission">,
  raw: unknown,
): Promise<Outcome<Output>> {
  let about: Named = {};
  try {
    const parsed = action.input.safeParse(raw);
    if (!parsed.success) {
      about = namedIn(raw);
      throw inputRefusal(parsed.error);
    }
    about = action.about?.(parsed.data) ?? {};
    return { ok: true, output: await action.deed(ctx, parsed.data) };
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof Refusal) return refuse(ctx, action, error, about);
    const failure = reportFailure(error);
    await recordFailure(ctx, action.name, failure.digest, about);
    throw failure;
  }
}

/** `run` for a form: says in words how it went, and where to go or what to refresh after success. */
export async function runForm<Input, Output>(
  action: Action<Input, Output>,
  form: FormData,
  after: { message: string | ((output: Output) => string); redirectTo?: (output: Output) => string },
): Promise<FormState> {
  const outcome = await run(action, formValues(form));
  if (!outcome.ok)
    return { status: "refused", what: outcome.what, next: outcome.next, fields: outcome.fields };
  if (after.redirectTo) redirect(after.redirectTo(outcome.output));
  refresh();
  return {
    status: "done",
    message: typeof after.message === "string" ? after.message : after.message(outcome.output),
  };
}

/** `run` for a form whose answer the person has to read, such as a link that is shown once. */
export async function answerForm<Input, Output>(
  action: Action<Input, Output>,
  form: FormData,
): Promise<Outcome<Output>> {
  const outcome = await run(action, formValues(form));
  if (outcome.ok) refresh();
  return outcome;
}

/** A form as an object: a name that occurs more than once, or ends in [], becomes a list. */
export function formValues(form: FormData): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  // Whoever forges a call sends anything: it has to reach the checks, so that it is refused on record.
  if (!((form as unknown) instanceof FormData)) return values;
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$ACTION")) continue;
    const all = form.getAll(name);
    if (name.endsWith("[]")) values[name.slice(0, -2)] = all;
    else values[name] = all.length > 1 ? all : all[0];
  }
  return values;
}

const askedInPlace = new Set<string>([
  "step-up-needed",
  "password-needed",
  "passkey-needed",
  "passkey-missing",
]);

async function refuse(
  ctx: Context,
  action: { name: string; refused?: EventCode },
  refusal: Refusal,
  about: Named = {},
): Promise<Extract<Outcome<never>, { ok: false }>> {
  // The page that comes back asks for the password or the passkey in place.
  if (askedInPlace.has(refusal.code)) refresh();
  const denied = refusal.code === "not-signed-in" || refusal.code === "not-permitted";
  await record(ctx, {
    ...(await refusedAbout(ctx, about)),
    code: denied ? "access.refused" : (action.refused ?? "access.refused"),
    details: { action: action.name, refusal: refusal.code, ...foundDetails(refusal) },
  });
  return { ok: false, ...wordsOf(refusal), fields: refusal.fields };
}

/** The reference of a failure is on record beside who met it; where not even that can be written, it is in the server's own log. */
async function recordFailure(ctx: Context, action: string, reference: string, about: Named): Promise<void> {
  try {
    await record(ctx, { ...about, code: "action.failed", details: { action, reference } });
  } catch (error) {
    reportFailure(error);
  }
}

/** What an input names that does not parse; ids alone, so that nothing else of it is on record. */
function namedIn(raw: unknown): Named {
  const named = z.object({ requestId: idInput(), grantId: idInput() }).partial().safeParse(raw);
  const { requestId, grantId } = named.data ?? {};
  return { ...(requestId ? { requestId } : {}), ...(grantId ? { grantId } : {}) };
}

/** Which kinds of numbers were found in which fields, never the numbers. */
function foundDetails(refusal: Refusal): { found?: string[] } {
  if (!(refusal instanceof NumberRefusal)) return {};
  return { found: refusal.found.slice(0, 20).map(({ field, kind }) => `${field}: ${kind}`) };
}

/** A form that does not mark its fields still says where the number is. */
function wordsOf(refusal: Refusal): { what: string; next: string } {
  const { what, next } = refusalWords(refusal.code);
  const [place] = refusal instanceof NumberRefusal ? Object.values(refusal.fields) : [];
  return { what, next: place === undefined ? next : `${next} ${place}` };
}
