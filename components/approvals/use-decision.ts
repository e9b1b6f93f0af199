"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import type { DecisionAnswer, InboxDetail } from "@/lib/approvals/view";

type Trouble = { what: string; next: string };

const unanswered: Trouble = {
  what: "Glimpse did not answer.",
  next: "Load the page again to see whether the decision counted.",
};
const none: Readonly<Record<string, string>> = {};

/** Sends a decision, says what became of it, and goes on with the next request of the list. */
export function useDecision(detail: InboxDetail, nextHref: string) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [errors, setErrors] = useState(none);
  const decide = async (send: () => Promise<DecisionAnswer>, verdict: string): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    const answer = await send().catch(() => null);
    if (answer?.ok) {
      const { number, brief } = detail;
      const text = answer.output.more
        ? `Your vote on request ${number} of ${brief.requester} counts. It goes on to the next approver.`
        : `Request ${number} of ${brief.requester} is ${verdict}.`;
      announce({ text, tone: "ok" });
      router.replace(nextHref, { scroll: false });
      router.refresh();
      return;
    }
    setBusy(false);
    setErrors(answer?.fields ?? none);
    // What a marked field says needs no second voice.
    setTrouble(answer?.fields["words"] ? null : (answer ?? unanswered));
  };
  return { decide, busy, trouble, errors };
}
