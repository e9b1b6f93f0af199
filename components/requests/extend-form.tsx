"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Presets } from "@/components/ui/choice";
import { Dialog } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import { durationText } from "@/components/ui/time-text";
import type { AskedField, Extend, SubmitAnswer } from "@/lib/requests/view";

interface Props {
  requestId: string;
  fields: readonly AskedField[];
  viewPresets: readonly number[];
  extend: Extend;
}

const unanswered: SubmitAnswer = {
  ok: false,
  what: "Glimpse did not answer.",
  next: "Nothing was sent. What you wrote is still here; try again.",
  fields: {},
};

/** Asks once for more time, with a new reason: for the fields that are open, or fewer of them. */
export function ExtendForm(props: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>Ask for more time</Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title="Ask for more time">
        <Wish {...props} onClose={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

function Wish({ requestId, fields, viewPresets, extend, onClose }: Props & { onClose: () => void }) {
  const router = useRouter();
  const [reason, setReason] = useState("");
  const [viewSeconds, setViewSeconds] = useState(300);
  const [columnIds, setColumnIds] = useState(() => fields.map((field) => field.columnId));
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<Exclude<SubmitAnswer, { ok: true }> | null>(null);
  const send = async () => {
    setSending(true);
    const answer = await extend({ requestId, reason, viewSeconds, columnIds }).catch(() => unanswered);
    setSending(false);
    if (!answer.ok) return setRefused(answer);
    const { number, words } = answer.output;
    announce({ text: `Request ${number} is sent. ${words}`, tone: "ok" });
    router.push(`/requests/${number}`);
  };
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sending && columnIds.length > 0) void send();
      }}
    >
      {refused && (
        <Message tone="error" title={refused.what}>
          {refused.next}
        </Message>
      )}
      <p className="text-sm text-ink-muted">
        It goes once, by the rules of today. What is approved before your time is over goes on without a gap.
      </p>
      <Field
        id="extend-reason"
        label="Why you need more time"
        error={refused?.fields["reason"]}
        help="At least 10 characters. The approver decides by this, and it stays on record."
      >
        {(wired) => (
          <Textarea
            {...wired}
            value={reason}
            maxLength={2000}
            required
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Presets
        legend="Time to look"
        name="extend-view"
        value={String(viewSeconds)}
        onChange={(event) => setViewSeconds(Number(event.target.value))}
        choices={viewPresets.map((seconds) => ({ value: String(seconds), label: durationText(seconds) }))}
      />
      {fields.length > 1 && <Chosen fields={fields} chosen={columnIds} onChange={setColumnIds} />}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="primary"
          aria-busy={sending}
          {...(columnIds.length === 0 ? { reason: "Choose at least one field." } : {})}
        >
          {sending ? "Sending" : "Send"}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  );
}

interface ChosenProps {
  fields: readonly AskedField[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function Chosen({ fields, chosen, onChange }: ChosenProps) {
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-sm font-medium">Fields</legend>
      {fields.map(({ columnId, name }) => (
        <Checkbox
          key={columnId}
          checked={chosen.includes(columnId)}
          label={<span className="font-mono text-sm">{name}</span>}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, columnId] : chosen.filter((one) => one !== columnId))
          }
        />
      ))}
      {chosen.length === 0 && <FieldError>Choose at least one field.</FieldError>}
    </fieldset>
  );
}
