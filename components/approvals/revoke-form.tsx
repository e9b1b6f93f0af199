"use client";

import { Ban } from "lucide";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { RevokeAnswer } from "@/lib/approvals/view";

interface Props {
  grantId: string;
  holder: string;
  /** Why it cannot be revoked. */
  reason: string | null;
  revoke: (wanted: { grantId: string; words: string }) => Promise<RevokeAnswer>;
}

/** Ends somebody's grant at once, with words for them. */
export function RevokeForm({ grantId, holder, reason, revoke }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [words, setWords] = useState("");
  const [error, setError] = useState<string>();
  const send = async () => {
    const answer = await revoke({ grantId, words }).catch(() => null);
    if (answer && !answer.ok && answer.fields["words"]) return setError(answer.fields["words"]);
    if (answer?.ok) announce({ text: `The grant was revoked. ${holder} sees nothing any more.`, tone: "ok" });
    else
      announce({
        text: answer ? `${answer.what} ${answer.next}` : "Glimpse did not answer. Nothing was changed.",
        tone: "error",
      });
    setOpen(false);
    router.refresh();
  };
  if (!open || reason !== null) {
    return (
      <Button icon={Ban} onClick={() => setOpen(true)} {...(reason === null ? {} : { reason })}>
        Revoke the grant
      </Button>
    );
  }
  return (
    <form
      className="grid w-full max-w-md gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field
        id={`revoke-${grantId}`}
        label="Why"
        error={error}
        help={`${holder} reads this. What is shown now goes within two seconds.`}
      >
        {(wired) => (
          <Textarea
            {...wired}
            rows={2}
            maxLength={2000}
            autoFocus
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="danger">
          Revoke now
        </Button>
        <Button onClick={() => setOpen(false)}>Keep it</Button>
      </div>
    </form>
  );
}
