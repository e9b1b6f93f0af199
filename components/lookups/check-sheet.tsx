"use client";

import { useActionState, useState } from "react";
import { Sheet } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import { SubmitButton } from "@/components/ui/submit-button";
import type { CheckableField, CheckAction, CheckAnswer } from "@/lib/lookups/view";

interface Props {
  tableId: string;
  /** The handle of the record. */
  record: string;
  fields: readonly CheckableField[];
  action: CheckAction;
  open: boolean;
  onClose: () => void;
}

/** Compares a masked field with what somebody says: match or no match, and nothing of the value. */
export function CheckSheet({ tableId, record, fields, action, open, onClose }: Props) {
  const [answer, submit] = useActionState(action, null);
  const [columnId, setColumn] = useState(fields[0]?.columnId ?? "");
  const errors = answer?.ok === false ? answer.fields : {};
  const hint = fields.find((field) => field.columnId === columnId)?.hint;
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title="Check what was said"
      description="Compares a masked field with what somebody tells you. You see whether it is the same, and nothing else."
    >
      <form action={submit} className="flex flex-col gap-4" onReset={(event) => event.preventDefault()}>
        <input type="hidden" name="tableId" value={tableId} />
        <input type="hidden" name="record" value={record} />
        <Field id="check-field" label="Field" error={errors["columnId"]}>
          {(wired) => (
            <Select
              {...wired}
              name="columnId"
              value={columnId}
              onChange={(event) => setColumn(event.target.value)}
            >
              {fields.map((field) => (
                <option key={field.columnId} value={field.columnId}>
                  {field.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id="check-said" label="What was said" error={errors["said"]} help={hint}>
          {(wired) => <Input {...wired} name="said" required maxLength={200} autoComplete="off" />}
        </Field>
        <SubmitButton pendingLabel="Comparing" className="self-start">
          Compare
        </SubmitButton>
        <Verdict answer={answer} />
        <p className="text-xs text-ink-muted">
          Each field can be compared three times a day, and every try is on record.
        </p>
      </form>
    </Sheet>
  );
}

function Verdict({ answer }: { answer: CheckAnswer | null }) {
  if (answer === null) return null;
  if (!answer.ok)
    return (
      <Message tone="error" title={answer.what}>
        {answer.next}
      </Message>
    );
  const { matches, triesLeft } = answer.output;
  const left = `${triesLeft === 0 ? "No try is" : triesLeft === 1 ? "One more try is" : `${triesLeft} tries are`} left for this field today.`;
  return (
    <Message tone={matches ? "ok" : "info"} title={matches ? "It matches" : "It does not match"}>
      {matches ? "What was said is what the record holds." : left}
    </Message>
  );
}
