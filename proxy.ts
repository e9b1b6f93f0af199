import { randomBytes, randomUUID } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { inDevelopment, servedOverHttps } from "@/lib/env";
import { contentSecurityPolicy } from "@/lib/web/content-security-policy";

/** Gives each page a fresh nonce, and tells the pages their own address. Checks nobody: pages and actions do. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const https = servedOverHttps();
  const policy = contentSecurityPolicy(nonce, { https, development: inDevelopment });
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set("x-nonce", nonce);
  // Always set, so that nobody else can: the number that the log knows this request by, and the way back after sign-in.
  headers.set("x-web-request", randomUUID());
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  const { pathname } = request.nextUrl;
  const response = isReadable(pathname)
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL(noPage, request.url), { request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (https) response.headers.set("strict-transport-security", "max-age=63072000; includeSubDomains");
  return response;
}

/** An address that no page has: it gets the page that says so. */
const noPage = "/no-such-page";

/** Whether every % of the path stands for text: the router of Next.js fails on any other, before it asks a page. */
function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

export const config = { matcher: "/((?!_next/static/|icon\\.svg$).*)" };
