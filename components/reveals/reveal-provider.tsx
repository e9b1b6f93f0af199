"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { createContext, use, useEffect, useState, type ReactNode } from "react";
import type { LiveGrant } from "@/lib/grants/view";
import type { RevealActions } from "@/lib/reveals/view";
import { RevealStore } from "./reveal-store";
import { watchPage } from "./watch-page";

export type RevealProviderProps = {
  grants: readonly LiveGrant[];
  actions: RevealActions;
  children: ReactNode;
};

const Revealing = createContext<RevealStore | null>(null);

/** The values of the provider around; null where there is none. */
export const useRevealing = (): RevealStore | null => use(Revealing);

/** Holds revealed values while their window lasts, and nowhere else. Renders no element of its own. */
export function RevealProvider({ grants, actions, children }: RevealProviderProps) {
  const [store] = useState(() => new RevealStore(grants, actions));
  const place = `${usePathname()}?${useSearchParams()}`;
  useEffect(() => watchPage(store), [store]);
  useEffect(() => store.setGrants(grants), [store, grants]);
  // Another address is another page, even where React keeps this component.
  useEffect(() => () => store.hide(), [store, place]);
  return <Revealing value={store}>{children}</Revealing>;
}
