import "server-only";
import { cookies, headers } from "next/headers";
import { forbidden, redirect } from "next/navigation";
import { cache } from "react";
import { findMonitor } from "@/lib/audit/find-monitor";
import { record } from "@/lib/audit/recorded";
import { clientAddress } from "@/lib/auth/client-address";
import type { Context, Origin } from "@/lib/auth/context";
import { originOf } from "@/lib/auth/device";
import { ownPath } from "@/lib/auth/own-path";
import { rolesAllow, type Permission } from "@/lib/auth/permissions";
import { contextOfSession } from "@/lib/auth/read-session";
import { monitorContext, visitorContext } from "@/lib/auth/system-context";
import { Sparingly } from "@/lib/web/sparingly";

/** The context of this request, or null when nobody is signed in. Read once per request, never kept longer. */
export const currentContext = cache(async (): Promise<Context | null> => {
  const jar = await cookies();
  const cookiesByName = Object.fromEntries(jar.getAll().map(({ name, value }) => [name, value]));
  return contextOfSession(cookiesByName, await clientIp(), await origin());
});

/** The context of a page for people who have not signed in. */
export async function visitor(): Promise<Context> {
  return visitorContext(await clientIp(), await origin());
}

async function origin(): Promise<Origin> {
  const told = await headers();
  return originOf(told.get("user-agent"), told.get("x-web-request"));
}

/** The context of a page that needs a permission: others are sent to sign in, or refused on record. */
export async function pageContext(permission: Permission): Promise<Context> {
  const ctx = await currentContext();
  if (!ctx) {
    await recordVisit(permission, "page");
    redirect(await signInAddress());
  }
  if (!rolesAllow(ctx.actor.roles, permission)) {
    await record(ctx, { code: "access.refused", details: { permission, kind: "page" } });
    forbidden();
  }
  return ctx;
}

const visits = new Sparingly(10 * 60_000);

/**
 * Records that somebody who is not signed in came to a page or a route: one in ten minutes for each instance, with how
 * many came since the one before, so that robots and probes do not fill the log.
 */
async function recordVisit(permission: Permission, kind: "page" | "route"): Promise<void> {
  const othersBefore = visits.take(performance.now());
  if (othersBefore === null) return;
  const details = { permission, kind, refusal: "not-signed-in", othersBefore };
  await record(await visitor(), { code: "access.refused", details });
}

/** Where to sign in so as to come back to this page: its address as proxy.ts saw it. */
async function signInAddress(): Promise<string> {
  const here = ownPath((await headers()).get("x-path"));
  return here === "/" ? "/sign-in" : `/sign-in?callbackUrl=${encodeURIComponent(here)}`;
}

/** The client's address as the trusted proxy in front saw it; null where there is none to trust. */
export async function clientIp(): Promise<string | null> {
  return clientAddress((await headers()).get("x-forwarded-for"));
}

/** The context of a route handler that needs a permission, or the answer that refuses it, on record. */
export async function routeContext(permission: Permission): Promise<Context | Response> {
  const ctx = await currentContext();
  if (!ctx) {
    await recordVisit(permission, "route");
    return new Response("You are not signed in.", { status: 401 });
  }
  if (rolesAllow(ctx.actor.roles, permission)) return ctx;
  await record(ctx, { code: "access.refused", details: { permission, kind: "route" } });
  return new Response("Your roles do not allow this.", { status: 403 });
}

/** The context of whoever may follow the log: a program by the token of a monitor, or an auditor by their session. */
export async function logReaderContext(): Promise<Context | Response> {
  const told = (await headers()).get("authorization");
  if (told === null) return routeContext("audit");
  const monitor = findMonitor(told);
  if (monitor !== null) return monitorContext(monitor, await clientIp(), await origin());
  await recordVisit("audit", "route");
  return new Response("This is not the token of a monitor.", { status: 401 });
}
