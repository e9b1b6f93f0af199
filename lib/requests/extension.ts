import { stateAt, type GrantClocks } from "@/lib/grants/grant";
import type { RefusalCode } from "@/lib/refusal";

/** How long after its end by the clock more time can still be asked for. */
const JUST_ENDED_MS = 3_600_000;

/** What was asked first, and the grant that it left. */
type First = {
  request: { parentId: string | null };
  grant: (GrantClocks & { closedWhy: string | null; activatedAt: Date | null }) | null;
  isExtended: boolean;
  now: Date;
};

/**
 * Why no more time can be asked for what a request has left, or null where it can: once, while it is open or within the
 * hour after its time was over, and never for what is an extension itself.
 */
export function whyNoExtension({
  request,
  grant,
  isExtended,
  now,
}: First): Extract<RefusalCode, "already-extended" | "not-extendable"> | null {
  if (isExtended || request.parentId !== null) return "already-extended";
  if (grant === null || grant.activatedAt === null || grant.endsAt === null) return "not-extendable";
  const state = stateAt(grant, now);
  if (state === "active") return null;
  const justEnded =
    state === "ended" && grant.closedWhy === null && now.getTime() - grant.endsAt.getTime() < JUST_ENDED_MS;
  return justEnded ? null : "not-extendable";
}
