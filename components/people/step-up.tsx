"use client";

import { KeyRound } from "lucide";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Message } from "@/components/ui/message";
import type { PasskeyNeed, PasskeyProof } from "@/lib/auth/view";
import type { FormState } from "@/lib/web/view";
import { PasskeyNote } from "./passkey-note";
import { ProveForm } from "./prove-form";
import { notUsed, signWithPasskey } from "./use-authenticator";

interface Props {
  asking: readonly { asksPassword: boolean; passkey: PasskeyNeed }[];
  actions: { prove: (before: FormState, form: FormData) => Promise<FormState>; passkey: PasskeyProof };
}

/** Asks for what the rules of these grants want before their values open: the password again, a passkey, or both. */
export function StepUp({ asking, actions }: Props) {
  const need = asking.find(({ passkey }) => passkey !== null)?.passkey ?? null;
  return (
    <>
      {asking.some(({ asksPassword }) => asksPassword) && (
        <ProveForm before="before the values open" prove={actions.prove} />
      )}
      {need === "missing" && <PasskeyNote need="missing" deed="open the values" />}
      {need === "asked" && <UsePasskey {...actions.passkey} />}
    </>
  );
}

const unanswered = { what: "Glimpse did not answer.", next: "Nothing was opened. Try again." };

function UsePasskey({ ask, prove }: PasskeyProof) {
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
          The rule asks for your passkey before the values open. It counts for ten minutes.
        </p>
        <Button icon={KeyRound} aria-busy={busy} onClick={() => void onClick()}>
          Use my passkey
        </Button>
      </div>
    </div>
  );
}
