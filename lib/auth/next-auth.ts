import "server-only";
import type { NextAuthOptions } from "next-auth";
import { getToken } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { env } from "@/lib/env";
import { signIn } from "@/lib/auth/sign-in";

const SESSION_HOURS = 12;

const tokenSchema = z.object({ sessionId: z.uuid() });
const credentialsSchema = z.object({ email: z.string().max(254), password: z.string().max(256) });

/** The set-up of next-auth: it keeps the id of a session row in an encrypted cookie, and nothing else. */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().authSecret,
    session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(raw, request) {
          const credentials = credentialsSchema.safeParse(raw);
          if (!credentials.success) return null;
          const session = await signIn(credentials.data, {
            forwardedFor: asText(request.headers?.["x-forwarded-for"]),
            userAgent: asText(request.headers?.["user-agent"]),
            hours: SESSION_HOURS,
          });
          return { id: session.id };
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sessionId: user.id } : token),
      // The session endpoint of next-auth tells a browser nothing about anybody.
      session: ({ session }) => ({ expires: session.expires }),
    },
    logger: { error() {}, warn() {}, debug() {} },
  };
}

/** The session id that the cookies of a request carry, if next-auth can decrypt it. */
export async function sessionIdFromCookies(cookies: Record<string, string>): Promise<string | null> {
  const request = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]["req"];
  const token = await getToken({ req: request, secret: env().authSecret }).catch(() => null);
  const parsed = tokenSchema.safeParse(token);
  return parsed.success ? parsed.data.sessionId : null;
}

function asText(header: unknown): string | null {
  return typeof header === "string" ? header : null;
}
