"use client";

import { Undo2 } from "lucide";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import type { PlainAnswer } from "@/lib/reveals/view";

interface Props {
  requestId: string;
  /** Why it cannot be withdrawn. */
  reason: string | null;
  withdraw: (requestId: string) => Promise<PlainAnswer>;
}

/** Takes a request back. It can be sent again, so it asks no second question. */
export function WithdrawButton({ requestId, reason, withdraw }: Props) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const take = async () => {
    if (busy) return;
    setBusy(true);
    const answer = await withdraw(requestId).catch(() => null);
    setBusy(false);
    if (answer?.ok) announce({ text: "The request was withdrawn.", tone: "ok" });
    else
      announce({
        text: answer ? `${answer.what} ${answer.next}` : "Glimpse did not answer. Nothing was changed.",
        tone: "error",
      });
    router.refresh();
  };
  return (
    <Button
      icon={Undo2}
      aria-busy={busy}
      onClick={() => void take()}
      {...(reason === null ? {} : { reason })}
    >
      Withdraw
    </Button>
  );
}
