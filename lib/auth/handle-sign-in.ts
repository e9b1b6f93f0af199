import "server-only";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";

const BODY_BYTES = 8_192;

type AuthRoute = { params: Promise<{ nextauth?: string[] }> };

/**
 * The two doors of next-auth that Glimpse uses: the token against forged forms, and sign-in itself. Its others
 * stay shut: they would end a cookie without ending its session, or tell what is set up here.
 */
export async function handleSignIn(request: Request, route: AuthRoute): Promise<Response> {
  const { nextauth = [] } = await route.params;
  const door = `${request.method} ${nextauth.join("/")}`;
  if (door !== "GET csrf" && door !== "POST callback/credentials") return new Response(null, { status: 404 });
  if (request.method === "POST" && !hasSmallBody(request)) return new Response(null, { status: 413 });
  // next-auth has no types for route handlers: any(request, route, options).
  const handler = NextAuth as (
    request: Request,
    route: AuthRoute,
    options: NextAuthOptions,
  ) => Promise<Response>;
  const response = await handler(request, route, authOptions());
  response.headers.set("Cache-Control", "no-store");
  return response;
}

function hasSmallBody(request: Request): boolean {
  const length = request.headers.get("content-length");
  return length !== null && Number(length) <= BODY_BYTES;
}
