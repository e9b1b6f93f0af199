import type { AuditEvent } from "@/lib/audit/event";
import type { Bounds } from "@/lib/requests/request";

type Details = NonNullable<AuditEvent["details"]>;

/** What an event says of the bounds of a request; only those that it has. */
export function boundsDetails({
  notBefore,
  maxViews,
  withSession,
  parentId = null,
}: Bounds & { parentId?: string | null }): Details {
  return {
    ...(notBefore === null ? {} : { notBefore: notBefore.toISOString() }),
    ...(maxViews === null ? {} : { maxViews }),
    ...(withSession ? { withSession } : {}),
    ...(parentId === null ? {} : { extends: parentId }),
  };
}

/** The event of a grant that begins by itself when the one before it ends; null where its holder opens it. */
export function runningEvent(
  frame: Omit<AuditEvent, "code">,
  grant: { id: string; runsFrom: Date | null },
  viewSeconds: number,
): AuditEvent | null {
  if (grant.runsFrom === null) return null;
  const details = { viewSeconds, from: grant.runsFrom.toISOString() };
  return { ...frame, code: "grant.activated", grantId: grant.id, details };
}
