"use client";

import { KeyRound } from "lucide";
import { useRouter } from "next/navigation";
import { useId, useState, type SubmitEvent } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Made, MakingAnswer, OwnPasskeys, PasskeyAnswer, PasskeyProof } from "@/lib/auth/view";
import type { FormState } from "@/lib/web/view";
import { PasskeyLine } from "./passkey-line";
import { Card } from "./person-cards";
import { ProveForm } from "./prove-form";
import { makePasskey, notUsed } from "./use-authenticator";
import { UsePasskey } from "./use-passkey";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

interface Props {
  own: OwnPasskeys;
  ask: (wanted: { name: string }) => Promise<MakingAnswer>;
  keep: (wanted: { name: string; response: Made }) => Promise<PasskeyAnswer>;
  remove: FormAction;
  prove: FormAction;
  use: PasskeyProof;
}

/** One's own passkeys: with one, every approval is signed by it. */
export function PasskeysCard({ own, ask, keep, remove, prove, use }: Props) {
  return (
    <div id="passkeys">
      <Card
        title="Passkeys"
        help="With one, each approval of yours is signed by it, so that nobody can approve in your name. Without, the server alone signs. A new one signs what is sent from then on. Who has one uses it to add or remove any; when the last is lost, an admin removes it."
      >
        <div className="grid gap-4">
          {/* One form around all: it stays to say how it went when the last line of it goes. */}
          <ActionForm action={remove} label="Your passkeys" className="grid gap-3">
            {own.passkeys.length === 0 ? (
              <p className="text-sm text-ink-muted">
                You have none. One is on your phone, in your computer, or a key on your ring.
              </p>
            ) : (
              <ul className="grid">
                {own.passkeys.map((passkey) => (
                  <PasskeyLine key={passkey.id} passkey={passkey} now={own.now}>
                    <SubmitButton variant="secondary" size="sm" name="passkeyId" value={passkey.id}>
                      Remove<span className="sr-only"> the passkey {passkey.name}</span>
                    </SubmitButton>
                  </PasskeyLine>
                ))}
              </ul>
            )}
          </ActionForm>
          {own.asksPassword ? (
            <ProveForm before="before passkeys are changed" prove={prove} />
          ) : own.asksPasskey ? (
            <UsePasskey before="before passkeys are changed" {...use} />
          ) : (
            <AddPasskey ask={ask} keep={keep} />
          )}
        </div>
      </Card>
    </div>
  );
}

type Trouble = { what: string; next: string; fields: Readonly<Record<string, string>> };
const unanswered: Trouble = {
  what: "Glimpse did not answer.",
  next: "Nothing was added. Try again.",
  fields: {},
};

function AddPasskey({ ask, keep }: Pick<Props, "ask" | "keep">) {
  const id = useId();
  const router = useRouter();
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const attempt = async () => {
    const asked = await ask({ name });
    if (!asked.ok) return asked;
    const response = await makePasskey(asked.output);
    return response ? keep({ name, response }) : notUsed;
  };
  const onSubmit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    const answer = await attempt().catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setTrouble(answer ?? unanswered);
    announce({ text: "Your passkey is registered. It signs your approvals from now on.", tone: "ok" });
    setName("");
    router.refresh();
  };
  return (
    <form onSubmit={(event) => void onSubmit(event)} aria-label="Register a passkey" className="grid gap-2">
      {trouble && !trouble.fields["name"] && (
        <Message tone="error" title={trouble.what}>
          {trouble.next}
        </Message>
      )}
      <div className="flex flex-wrap items-start gap-2">
        <Field
          id={id}
          label="Name of the new passkey"
          help="So that you know it again, as in “Blue key” or “Phone”."
          error={trouble?.fields["name"]}
          className="min-w-0 flex-[1_1_220px]"
        >
          {(wired) => (
            <Input
              {...wired}
              value={name}
              maxLength={60}
              required
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" icon={KeyRound} aria-busy={busy} className="sm:mt-5.5">
          Register
        </Button>
      </div>
    </form>
  );
}
