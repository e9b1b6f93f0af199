"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";

interface Props {
  requester: string;
  busy: boolean;
  error: string | undefined;
  onSend: (words: string) => void;
  onCancel: () => void;
}

/** Denies, with the words that a denial needs. */
export function DenyForm({ requester, busy, error, onSend, onCancel }: Props) {
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const missing = tried && words.trim() === "" ? "Say why: the requester reads this." : undefined;
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (words.trim() !== "") onSend(words);
      }}
    >
      <Field
        id="deny-words"
        label="Why not"
        error={error ?? missing}
        help={`${requester} reads this, and it stays on record.`}
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
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="danger" aria-busy={busy}>
          Deny
        </Button>
        <Button onClick={onCancel}>Back</Button>
      </div>
    </form>
  );
}
