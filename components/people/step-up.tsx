"use client";

import type { PasskeyNeed } from "@/lib/auth/view";
import type { OpeningActions } from "@/lib/reveals/view";
import type { FormState } from "@/lib/web/view";
import { PasskeyNote } from "./passkey-note";
import { ProveForm } from "./prove-form";
import { UsePasskey } from "./use-passkey";

interface Props {
  asking: readonly { id: string; requestNumber: number; asksPassword: boolean; passkey: PasskeyNeed }[];
  actions: { prove: (before: FormState, form: FormData) => Promise<FormState>; passkey: OpeningActions };
}

/**
 * Asks for what the rules of these grants want before their values open: the password again, a passkey, or both. A passkey
 * signs what one grant opens, so that each asks for its own.
 */
export function StepUp({ asking, actions }: Props) {
  const unsigned = asking.filter(({ passkey }) => passkey === "asked");
  return (
    <>
      {asking.some(({ asksPassword }) => asksPassword) && (
        <ProveForm before="before the values open" prove={actions.prove} />
      )}
      {asking.some(({ passkey }) => passkey === "missing") && (
        <PasskeyNote need="missing" deed="open the values" />
      )}
      {unsigned.map(({ id: grantId, requestNumber }) => (
        <UsePasskey
          key={grantId}
          before={
            unsigned.length === 1
              ? "before the values open"
              : `before the values of request ${requestNumber} open`
          }
          ask={() => actions.passkey.ask({ grantId })}
          prove={({ assertion }) => actions.passkey.prove({ grantId, assertion })}
        />
      ))}
    </>
  );
}
