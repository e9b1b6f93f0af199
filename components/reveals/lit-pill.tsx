"use client";

import { lazy, Suspense, useEffect, useState } from "react";
import type { Live, RevealActions } from "@/lib/reveals/view";
import { now } from "./clock";
import type { Timed } from "./lit-grants";
import { listenLive } from "./live";

// Most people have no open grant at most times: their pages load only what notices one.
const LitGrants = lazy(async () => ({ default: (await import("./lit-grants")).LitGrants }));

const everyMs = 15_000;

/** How many values are lit on this page and how long the soonest has left; a click lists the grants. For the top bar. */
export function LitPill({ live, giveBack }: { live: Live; giveBack: RevealActions["giveBack"] }) {
  const grants = useGrants(live);
  if (grants.length === 0) return null;
  return (
    <Suspense>
      <LitGrants grants={grants} giveBack={giveBack} />
    </Suspense>
  );
}

/** The grants as the poll last told, each with its end by the page's clock. */
function useGrants(live: Live): readonly Timed[] {
  const [grants, setGrants] = useState<readonly Timed[]>(() => timed(live, 0));
  useEffect(() => setGrants(timed(live, now())), [live]);
  useEffect(
    () =>
      listenLive((news) => {
        if (news.kind === "live") setGrants(timed(news.live, news.sentAt));
        if (news.kind === "signed-out") setGrants([]);
      }, everyMs),
    [],
  );
  return grants;
}

const timed = (live: Live, at: number): readonly Timed[] =>
  live.grants
    .filter((grant) => grant.state === "ready" || grant.state === "active")
    .map((grant) => ({ ...grant, endsAt: at + grant.msLeft }));
