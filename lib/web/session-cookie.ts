import "server-only";
import { cookies } from "next/headers";
import { cookieOptions, sealSessionId, sessionCookieName } from "@/lib/auth/session-cookie";
import { SESSION_HOURS } from "@/lib/auth/start-session";

/** Gives this browser the cookie of a session that has just been made. */
export async function setSessionCookie(sessionId: string): Promise<void> {
  const options = { ...cookieOptions(), maxAge: SESSION_HOURS * 3600 };
  (await cookies()).set(sessionCookieName(), await sealSessionId(sessionId), options);
}

/** Takes the session cookie from this browser. The session itself is ended by a deed, before this. */
export async function clearSessionCookie(): Promise<void> {
  (await cookies()).set(sessionCookieName(), "", { ...cookieOptions(), maxAge: 0 });
}
