"use client";

import { Eye, LockOpen } from "lucide";
import { useEffect, useState, useSyncExternalStore } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { clockText } from "@/components/ui/clock-text";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { Popover } from "@/components/ui/popover";
import { TextLink } from "@/components/ui/text-link";
import type { GrantPulse } from "@/lib/grants/view";
import type { RevealActions } from "@/lib/reveals/view";
import { now } from "./clock";
import { readDark, readLit, subscribeLit } from "./lit";
import { askLive } from "./live";

export type Timed = GrantPulse & { endsAt: number };

interface Props {
  grants: readonly Timed[];
  giveBack: RevealActions["giveBack"];
}

/** The pill of the top bar and, under it, the grants that are open or can be opened, each with its way back. */
export function LitGrants({ grants, giveBack }: Props) {
  const lit = useSyncExternalStore(subscribeLit, readLit, readDark);
  const time = useTime(grants.length > 0);
  const open = grants.filter((grant) => grant.state === "active" && grant.endsAt > time);
  const ready = grants.filter((grant) => grant.state === "ready");
  if (open.length + ready.length === 0) return null;
  const soonest = Math.min(lit.endsAt, ...open.map((grant) => grant.endsAt));
  const words =
    lit.count > 0 ? `${lit.count} lit` : open.length > 0 ? `${open.length} open` : `${ready.length} ready`;
  return (
    <Popover
      id="lit-grants"
      label="Grants that are open or can be opened"
      align="end"
      triggerClass={cx("lit-pill", lit.count === 0 && "lit-pill-dark")}
      trigger={
        <>
          {lit.count > 0 ? (
            <Icon of={Eye} aria-hidden size={14} />
          ) : (
            <Icon of={LockOpen} aria-hidden size={14} />
          )}
          {words}
          {open.length > 0 && <span className="font-mono">{clockText(Math.max(0, soonest - time))}</span>}
        </>
      }
    >
      <ul className="grid gap-3">
        {[...open, ...ready].map((grant) => (
          <GrantLine key={grant.id} grant={grant} time={time} giveBack={giveBack} />
        ))}
      </ul>
    </Popover>
  );
}

function GrantLine({
  grant,
  time,
  giveBack,
}: {
  grant: Timed;
  time: number;
  giveBack: RevealActions["giveBack"];
}) {
  const giveItBack = async () => {
    const answer = await giveBack(grant.id).catch(() => null);
    announce(
      answer?.ok
        ? { text: `The grant of request ${grant.requestNumber} was given back.`, tone: "ok" }
        : { text: answer?.what ?? "Glimpse did not answer. Nothing was changed.", tone: "error" },
    );
    askLive();
  };
  return (
    <li className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          {grant.fieldCount} {grant.fieldCount === 1 ? "field" : "fields"} of {grant.tableLabel}
        </p>
        <p className="text-xs text-ink-muted">
          <TextLink href={`/requests/${grant.requestNumber}`}>Request {grant.requestNumber}</TextLink>
          {" · "}
          {grant.state === "active" ? `${clockText(Math.max(0, grant.endsAt - time))} left` : "ready to open"}
        </p>
      </div>
      <Button size="sm" onClick={() => void giveItBack()}>
        Give back
      </Button>
    </li>
  );
}

function useTime(running: boolean): number {
  const [time, setTime] = useState(0);
  useEffect(() => {
    if (!running) return;
    const tick = () => setTime(now());
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [running]);
  return time;
}
