"use client";

import { Eye, EyeOff, LockOpen, Undo2 } from "lucide";
import { usePathname } from "next/navigation";
import { lazy, Suspense, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { Countdown } from "@/components/ui/countdown";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { Message } from "@/components/ui/message";
import { TextLink } from "@/components/ui/text-link";
import { durationText } from "@/components/ui/time-text";
import { now } from "./clock";
import { useRevealing } from "./reveal-provider";
import type { GrantState } from "./reveal-snapshot";
import type { RevealStore } from "./reveal-store";

/** Says what may be opened on this page or is open, counts down, gives back. Stands inside a RevealProvider. */
export function RevealBanner() {
  const store = useRevealing();
  return store && <Bars store={store} />;
}

// Few rules ask for it: fetched by the pages that show it.
const StepUp = lazy(async () => ({ default: (await import("@/components/people/step-up")).StepUp }));

function Bars({ store }: { store: RevealStore }) {
  const { grants, trouble } = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  const asking = grants.filter(asksMore);
  return (
    <div role="region" aria-label="Grants on this page" className="grid gap-2">
      {grants.map((state) => (
        <Bar key={state.grant.id} state={state} store={store} />
      ))}
      {asking.length > 0 && (
        <Suspense>
          <StepUp asking={asking.map(({ grant }) => grant)} actions={store.actions} />
        </Suspense>
      )}
      {trouble && (
        <Message tone="error" title={trouble.what}>
          {trouble.next}
        </Message>
      )}
    </div>
  );
}

const asksMore = ({ grant, state, shown }: GrantState) =>
  (grant.asksPassword || grant.passkey !== null) && shown === 0 && (state === "ready" || state === "active");

function Bar({ state, store }: { state: GrantState; store: RevealStore }) {
  const { grant, shown } = state;
  const isLive = state.state === "ready" || state.state === "active";
  const href = `/requests/${grant.requestNumber}`;
  // On the page of the request itself the link would lead nowhere.
  const isHere = usePathname() === href;
  return (
    <div className={cx("reveal-bar", shown > 0 && "reveal-bar-lit")}>
      <BarIcon state={state} />
      <p>
        <Words state={state} /> <ViewsLeft state={state} />{" "}
        {!isHere && (
          <TextLink href={href} className="whitespace-nowrap">
            Request {grant.requestNumber}
          </TextLink>
        )}
      </p>
      {isLive && state.endsAt !== null && (
        <Countdown
          msLeft={Math.max(0, state.endsAt - now())}
          what={`Values of ${grant.tableLabel}`}
          className="reveal-clock"
        />
      )}
      {isLive && <Deeds state={state} store={store} />}
    </div>
  );
}

function BarIcon({ state }: { state: GrantState }) {
  const icon =
    state.shown > 0 ? Eye : state.state === "ready" || state.state === "active" ? LockOpen : EyeOff;
  return <Icon of={icon} aria-hidden size={16} strokeWidth={1.75} className="shrink-0" />;
}

const overWords = {
  ended: "The time is over, and the values are masked again.",
  lapsed: "The grant was not opened in time.",
  returned: "You gave the grant back.",
  revoked: "The grant was revoked, and the values are masked again.",
  unknown: "The grant is over, and the values are masked again.",
} as const;

const msToStart = (startsAt: number | null) => (startsAt === null ? 0 : Math.max(0, startsAt - now()));

function Words({ state: { grant, state, cells, shown, startsAt } }: { state: GrantState }) {
  if (shown > 0) return <>{shown === 1 ? "1 value is shown." : `${shown} values are shown.`}</>;
  if (state === "active") {
    return (
      <>
        {cells === 0
          ? "Open, but none of its records are on this page."
          : `${what(grant, cells)} can be revealed again.`}
      </>
    );
  }
  if (state !== "ready") return <>{overWords[state]}</>;
  const startsInMs = msToStart(startsAt);
  if (startsInMs > 0)
    return <>{`${what(grant, cells)} can be opened in ${durationText(startsInMs / 1000)}.`}</>;
  const within = durationText(grant.activateMsLeft / 1000);
  return (
    <>
      {what(grant, cells)} may be opened for {durationText(grant.viewSeconds)}, within {within}.
    </>
  );
}

/** "2 of 3 views left." */
function ViewsLeft({ state: { grant, state, viewsLeft } }: { state: GrantState }) {
  if (grant.views === null || viewsLeft === null || (state !== "ready" && state !== "active")) return null;
  const { of } = grant.views;
  return (
    <>
      {viewsLeft} of {of} {of === 1 ? "view" : "views"} left.
    </>
  );
}

function what({ fields, records }: GrantState["grant"], cells: number): string {
  const names =
    fields.length <= 2 ? fields.map((field) => field.name).join(" and ") : `${fields.length} fields`;
  const of = records.length === 1 ? "1 record" : `${records.length} records`;
  const here = cells > 0 && cells < fields.length * records.length ? ` (${cells} on this page)` : "";
  return `${names} of ${of}${here}`;
}

function Deeds({ state, store }: { state: GrantState; store: RevealStore }) {
  const { grant, shown, cells } = state;
  const nothingHere = whyNot(state);
  return (
    <div>
      {shown < cells || cells === 0 ? (
        <Button
          variant="primary"
          size="sm"
          aria-busy={state.busy}
          onClick={() => void store.open(grant.id)}
          {...(nothingHere === null ? {} : { reason: nothingHere })}
        >
          {state.state === "ready" ? "Open now" : shown > 0 ? "Reveal all" : "Reveal again"}
        </Button>
      ) : (
        <Button size="sm" icon={EyeOff} onClick={() => store.hide(grant.id)}>
          Hide
        </Button>
      )}
      <Button size="sm" icon={Undo2} onClick={() => void store.giveBack(grant.id)}>
        Give back
      </Button>
    </div>
  );
}

/** Why nothing can be revealed at this moment, in words; null where it can. */
function whyNot({ state, cells, viewsLeft, startsAt }: GrantState): string | null {
  if (cells === 0) return "None of its records are on this page. Open it from the request.";
  if (viewsLeft === 0) return "It has been viewed as often as it may be.";
  return state === "ready" && msToStart(startsAt) > 0 ? "It cannot be opened yet." : null;
}
