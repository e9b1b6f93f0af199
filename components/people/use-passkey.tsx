"use client";

import { KeyRound } from "lucide";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Message } from "@/components/ui/message";
import type { PasskeyProof } from "@/lib/auth/view";
import { notUsed, signWithPasskey } from "./use-authenticator";

const unanswered = { what: "Glimpse did not answer.", next: "Nothing was opened or changed. Try again." };

interface Props extends PasskeyProof {
  /** What it is wanted for, as in "before you approve this". */
  before: string;
}

/** Asks for one's passkey in place; it counts for ten minutes in this session. */
export function UsePasskey({ before, ask, prove }: Props) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<{ what: string; next: string } | null>(null);
  const attempt = async () => {
    const asked = await ask();
    if (!asked.ok) return asked;
    const assertion = await signWithPasskey(asked.output);
    return assertion ? prove({ assertion }) : notUsed;
  };
  const onClick = async () => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    const answer = await attempt().catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setTrouble(answer ?? unanswered);
    announce({ text: "Your passkey counts for ten minutes", tone: "ok" });
    router.refresh();
  };
  return (
    <div role="group" aria-label="Your passkey" className="grid gap-2 rounded-md border bg-paper p-3">
      {trouble && (
        <Message tone="error" title={trouble.what}>
          {trouble.next}
        </Message>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-[1_1_220px] text-sm">
          Your passkey is asked for {before}. It counts for ten minutes.
        </p>
        <Button icon={KeyRound} aria-busy={busy} onClick={() => void onClick()}>
          Use my passkey
        </Button>
      </div>
    </div>
  );
}
