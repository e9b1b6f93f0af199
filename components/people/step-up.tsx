"use client";

import type { PasskeyNeed, PasskeyProof } from "@/lib/auth/view";
import type { FormState } from "@/lib/web/view";
import { PasskeyNote } from "./passkey-note";
import { ProveForm } from "./prove-form";
import { UsePasskey } from "./use-passkey";

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
      {need === "asked" && <UsePasskey before="before the values open" {...actions.passkey} />}
    </>
  );
}
