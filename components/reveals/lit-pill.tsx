"use client";

import type { LiveGrant } from "@/lib/grants/view";
import type { RevealActions } from "@/lib/reveals/view";

/** How many fields are lit now and how long the soonest has left; a click lists the grants. For the top bar. */
export function LitPill(_: { grants: readonly LiveGrant[]; giveBack: RevealActions["giveBack"] }) {
  return null;
}
