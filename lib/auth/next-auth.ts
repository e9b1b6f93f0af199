import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { clientAddress } from "@/lib/auth/client-address";
import {
  cookieOptions,
  csrfCookieName,
  sessionCookieName,
  sessionIdFromCookies,
} from "@/lib/auth/session-cookie";
import { refuseUnreadable, signIn, type Credentials } from "@/lib/auth/sign-in";
import { SESSION_HOURS } from "@/lib/auth/start-session";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/refusal";
import { reportFailure } from "@/lib/web/report-failure";

const credentialsSchema = z.object({
  email: z
    .string()
    .max(254)
    .regex(/^\P{Cc}*$/u),
  password: z.string().min(1).max(256),
});

/** The set-up of next-auth: it keeps the id of a session row in an encrypted cookie, and nothing else. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().authSecret,
    session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: { name: sessionCookieName(), options: cookieOptions() },
      csrfToken: { name: csrfCookieName(), options: { ...cookieOptions(), sameSite: "strict" } },
    },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(raw, request) {
          return attempt(credentialsSchema.safeParse(raw).data ?? null, request.headers ?? {});
        },
      }),
    ],
    callbacks: { jwt: ({ token, user }) => (user ? { sessionId: user.id } : token) },
    logger: { error() {}, warn() {}, debug() {} },
  };
}

async function attempt(
  credentials: Credentials | null,
  headers: Record<string, unknown>,
): Promise<{ id: string }> {
  try {
    const from = {
      ip: clientAddress(asText(headers["x-forwarded-for"])),
      userAgent: asText(headers["user-agent"]),
      webRequest: asText(headers["x-web-request"]),
      replaces: await sessionIdFromCookies(cookiesOf(asText(headers["cookie"]))),
    };
    return credentials === null ? await refuseUnreadable(from) : await signIn(credentials, from);
  } catch (error) {
    // next-auth puts the message into the answer: it must be a code of ours, never a database's text (law 6).
    if (!(error instanceof Refusal)) reportFailure(error);
    const { code, fields } = error instanceof Refusal ? error : new Refusal("sign-in-unavailable");
    throw new Error(fields["minutes"] ? `${code}.${fields["minutes"]}` : code);
  }
}

function cookiesOf(header: string | null): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const pair of (header ?? "").split(/; */)) {
    const at = pair.indexOf("=");
    if (at > 0) cookies[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return cookies;
}

function asText(header: unknown): string | null {
  return typeof header === "string" ? header : null;
}
