"use client";
import { ShieldAlert, ShieldCheck } from "lucide";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import type { IntegrityView } from "@/lib/audit/view";

type Answer = { ok: true; output: IntegrityView } | { ok: false; what: string; next: string };

/** Checks the whole log on demand: every hash, every number, the root of the tree. */
export function LogCheck({ check }: { check: () => Promise<Answer> }) {
  const [answer, setAnswer] = useState<Answer>();
  const [checking, startChecking] = useTransition();
  return (
    <section
      aria-label="Integrity of the log"
      className="flex flex-col justify-between gap-2 rounded-md border bg-surface px-4 py-3 text-sm lg:w-80"
    >
      <div role="status" className="min-w-0">
        {answer ? (
          <Result answer={answer} />
        ) : (
          <p className="text-ink-muted">
            Rebuilds the hash tree from every event and compares it with the root of the log.
          </p>
        )}
      </div>
      <Button
        size="sm"
        className="self-start"
        disabled={checking}
        onClick={() => startChecking(async () => setAnswer(await check()))}
      >
        {checking ? "Checking" : "Check the whole log"}
      </Button>
    </section>
  );
}

function Result({ answer }: { answer: Answer }) {
  if (!answer.ok) return <p>{`${answer.what} ${answer.next}`}</p>;
  const log = answer.output;
  if (!log.intact) {
    return (
      <p className="flex gap-2 text-danger">
        <Icon of={ShieldAlert} aria-hidden size={16} className="mt-0.5 shrink-0" />
        <span>{`The log was changed. First bad event: ${log.firstBad}. ${log.why}`}</span>
      </p>
    );
  }
  return (
    <div>
      <p className="flex gap-2 text-ok">
        <Icon of={ShieldCheck} aria-hidden size={16} className="mt-0.5 shrink-0" />
        <span>{`${log.size.toLocaleString("en-US")} events, all intact`}</span>
      </p>
      <p className="truncate font-mono text-xs text-ink-muted" title={log.root}>{`root ${log.root}`}</p>
    </div>
  );
}
