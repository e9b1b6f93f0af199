"use client";

import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { ProgressBar } from "@/components/ui/bars";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DiscoveryView } from "@/lib/catalog/view";
import type { FormState } from "@/lib/web/view";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

interface Props {
  sourceId: string;
  /** As it stood when the page was made. */
  discovery: DiscoveryView;
  now: string;
  cancel: FormAction;
  resume: FormAction;
}

const everyMs = 1_000;
const isLive = ({ state }: DiscoveryView) => state === "waiting" || state === "asking";

/** How far the discovery of a source is, kept up to date while it runs; when it is over the page is fetched again. */
export function DiscoveryProgress({ sourceId, discovery, now, cancel, resume }: Props) {
  const latest = useLatest(sourceId, discovery);
  return (
    <section
      aria-label="Discovery"
      className="flex flex-wrap items-center justify-between gap-x-8 gap-y-2 rounded-md border bg-surface px-4 py-3"
    >
      <div className="min-w-64 flex-1">
        {latest.state === "asking" && (
          <ProgressBar label="Tables looked at" value={latest.done} of={latest.tables} />
        )}
        <p role="status" className="text-sm">
          {stateWords(latest)}
        </p>
        <p className="text-xs text-ink-muted">
          {whyWords[latest.why]} {latest.by === null ? "by Glimpse" : `by ${latest.by}`},{" "}
          <RelativeTime at={latest.startedAt} now={now} />
        </p>
      </div>
      {isLive(latest) && (
        <ActionForm action={cancel} label="Cancel the scan">
          <input type="hidden" name="sourceId" value={sourceId} />
          <SubmitButton variant="secondary" size="sm" pendingLabel="Cancelling">
            Cancel
          </SubmitButton>
        </ActionForm>
      )}
      {(latest.state === "cancelled" || latest.state === "failed") && (
        <ActionForm action={resume} label="Resume the scan">
          <input type="hidden" name="sourceId" value={sourceId} />
          <SubmitButton variant="secondary" size="sm" pendingLabel="Resuming">
            Resume
          </SubmitButton>
        </ActionForm>
      )}
    </section>
  );
}

/** The discovery as the server last told, asked again and again while it runs. */
function useLatest(sourceId: string, fromPage: DiscoveryView): DiscoveryView {
  const router = useRouter();
  const [latest, setLatest] = useState(fromPage);
  useEffect(() => setLatest(fromPage), [fromPage]);
  const take = useEffectEvent((next: DiscoveryView) => {
    if (next.state !== latest.state) router.refresh();
    setLatest(next);
  });
  const live = isLive(latest);
  useEffect(() => {
    if (!live) return undefined;
    const stop = new AbortController();
    const timer = setInterval(() => void ask(sourceId, stop.signal, take), everyMs);
    return () => (clearInterval(timer), stop.abort());
  }, [sourceId, live]);
  return latest;
}

async function ask(
  sourceId: string,
  signal: AbortSignal,
  take: (next: DiscoveryView) => void,
): Promise<void> {
  try {
    const answer = await fetch(`/api/discovery?source=${sourceId}`, { cache: "no-store", signal });
    if (!answer.ok) return;
    const { discovery } = (await answer.json()) as { discovery: DiscoveryView | null };
    if (discovery !== null && !signal.aborted) take(discovery);
  } catch {
    // The next question may be answered; until then the page says what it last knew.
  }
}

const whyWords: Record<DiscoveryView["why"], string> = {
  added: "Begun when the source was added",
  moved: "Begun when the connection was changed",
  asked: "Started",
  scheduled: "Started on schedule",
  drift: "Started because a page found a change",
};

function stateWords({ state, done, tables, failure }: DiscoveryView): string {
  const progress = `${done.toLocaleString("en-US")} of ${tables.toLocaleString("en-US")} tables`;
  switch (state) {
    case "waiting":
      return "The scan waits for its turn.";
    case "asking":
      return `Looking at values: ${progress}. What was found in the structure is here already.`;
    case "done":
      return "The scan is done.";
    case "cancelled":
      return `The scan was cancelled after ${progress}.`;
    case "failed":
      return `The scan failed after ${progress}. ${failure ?? ""}`;
  }
}
