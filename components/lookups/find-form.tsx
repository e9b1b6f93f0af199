"use client";

import { useActionState, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FindAction, LookupAnswer, LookupColumn } from "@/lib/lookups/view";

interface Props {
  tableId: string;
  columns: readonly LookupColumn[];
  action: FindAction;
}

/** One value in, none, one or many out; what was typed goes in the body of the request and stays nowhere. */
export function FindForm({ tableId, columns, action }: Props) {
  const [answer, submit] = useActionState(action, null);
  const [columnId, setColumn] = useState(columns[0]?.id ?? "");
  const errors = answer?.ok === false ? answer.fields : {};
  const hint = columns.find(({ id }) => id === columnId)?.hint;
  return (
    <form
      action={submit}
      aria-label="Find a record"
      className="flex max-w-md flex-col gap-4"
      onReset={(event) => event.preventDefault()}
    >
      <input type="hidden" name="tableId" value={tableId} />
      <Field id="find-column" label="What you know" error={errors["columnId"]}>
        {(wired) => (
          <Select
            {...wired}
            name="columnId"
            value={columnId}
            onChange={(event) => setColumn(event.target.value)}
          >
            {columns.map(({ id, name, classTitle }) => (
              <option key={id} value={id}>
                {name} ({classTitle.toLowerCase()})
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="find-term" label="Value" error={errors["term"]} help={hint}>
        {(wired) => <Input {...wired} name="term" required maxLength={200} autoComplete="off" />}
      </Field>
      <SubmitButton pendingLabel="Looking" className="self-start">
        Find
      </SubmitButton>
      <Verdict answer={answer} />
      <p className="text-xs text-ink-muted">
        Thirty lookups an hour, each on record with a keyed hash of what you typed, never with the value.
      </p>
    </form>
  );
}

function Verdict({ answer }: { answer: LookupAnswer | null }) {
  if (answer === null) return null;
  if (!answer.ok)
    return (
      <Message tone="error" title={answer.what}>
        {answer.next}
      </Message>
    );
  const { found, href } = answer.output;
  if (found === "none")
    return (
      <Message title="No record has this value">
        Ask to hear it again, or try another thing that they know.
      </Message>
    );
  if (found === "many")
    return (
      <Message title="More than one record has this value">
        Try something that only one of them can have, such as an account number.
      </Message>
    );
  return (
    <Message tone="ok" title="One record has this value">
      {href !== null && (
        <a href={href} data-soft="" className={`${buttonClass({ size: "sm" })} mt-2`}>
          Open the record
        </a>
      )}
    </Message>
  );
}
