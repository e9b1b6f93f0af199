import "server-only";
import NextAuth, { type NextAuthOptions } from "next-auth";
import { authOptions } from "@/lib/auth/next-auth";

const BODY_BYTES = 8_192;

type AuthRoute = { params: Promise<{ nextauth?: string[] }> };

// Its types know pages and request objects of Next.js; the route handler itself takes any Request.
const nextAuthRoute = NextAuth as unknown as (
  request: Request,
  route: AuthRoute,
  options: NextAuthOptions,
) => Promise<Response>;

/**
 * The two doors of next-auth that Glimpse uses: the token against forged forms, and sign-in itself. Its others
 * stay shut: they would end a cookie without ending its session, or tell what is set up here.
 */
export async function handleSignIn(request: Request, route: AuthRoute): Promise<Response> {
  const { nextauth = [] } = await route.params;
  const door = `${request.method} ${nextauth.join("/")}`;
  if (door !== "GET csrf" && door !== "POST callback/credentials") return new Response(null, { status: 404 });
  if (request.method === "POST" && !hasSmallBody(request)) return new Response(null, { status: 413 });
  const response = await nextAuthRoute(request, route, authOptions());
  response.headers.set("Cache-Control", "no-store");
  return response;
}

function hasSmallBody(request: Request): boolean {
  const length = request.headers.get("content-length");
  return length !== null && Number(length) <= BODY_BYTES;
}
