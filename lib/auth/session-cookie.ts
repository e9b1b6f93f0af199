import "server-only";
import { decode, encode } from "next-auth/jwt";
import { z } from "zod";
import { SESSION_HOURS } from "@/lib/auth/start-session";
import { env, servedOverHttps } from "@/lib/env";
import { idInput } from "@/lib/id-input";

const tokenSchema = z.object({ sessionId: idInput() });

/** The attributes of every cookie that next-auth sets; "lax", so that a link in a ticket finds one signed in. */
export function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: servedOverHttps() } as const;
}

/** The session cookie's name. With https the prefix stops other hosts of the domain from planting one. */
export function sessionCookieName(): string {
  return `${servedOverHttps() ? "__Host-" : ""}glimpse-session`;
}

/** The same for the cookie that guards sign-in against forged forms. */
export function csrfCookieName(): string {
  return `${servedOverHttps() ? "__Host-" : ""}glimpse-csrf`;
}

/** The encrypted cookie that carries the id of a session row and nothing else. */
export async function sealSessionId(sessionId: string): Promise<string> {
  return encode({ token: { sessionId }, secret: env().authSecret, maxAge: SESSION_HOURS * 3600 });
}

/** The session id that the cookies of a request carry; null where there is none that we have encrypted. */
export async function sessionIdFromCookies(
  cookies: Readonly<Record<string, string>>,
): Promise<string | null> {
  const sealed = cookies[sessionCookieName()];
  if (!sealed) return null;
  const token = await decode({ token: sealed, secret: env().authSecret }).catch(() => null);
  const parsed = tokenSchema.safeParse(token);
  return parsed.success ? parsed.data.sessionId : null;
}
