"use client";

import { Eraser } from "lucide";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ErasureLine, ErasuresView } from "@/lib/erasure/view";
import type { FormState } from "@/lib/web/view";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

/** Asks for a person to be forgotten, by one of their records. */
export function StartForm({ tables, start }: { tables: ErasuresView["tables"]; start: FormAction }) {
  const [tableId, setTableId] = useState("");
  const hint = tables.find(({ id }) => id === tableId)?.keyHint ?? "";
  return (
    <ActionForm action={start} className="grid max-w-xl gap-4">
      {(errors) => (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <Field id="erasure-table" label="Table" error={errors["tableId"]}>
              {(wired) => (
                <Select
                  {...wired}
                  name="tableId"
                  required
                  value={tableId}
                  onChange={(event) => setTableId(event.target.value)}
                >
                  <option value="" disabled>
                    Choose
                  </option>
                  {tables.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field
              id="erasure-key"
              label="Record"
              error={errors["key"]}
              help={`${hint === "" ? "Its key" : `Its key: ${hint}`}. A token (t_…) where the key is sensitive.`}
            >
              {(wired) => <Input {...wired} name="key" required maxLength={4096} autoComplete="off" />}
            </Field>
          </div>
          <Checkbox
            name="related"
            defaultChecked
            label="With the records that refer to it by foreign keys"
            help="Addresses, orders and the like, which belong to the same person."
          />
          <Field
            id="erasure-reference"
            label="Reference of the request for erasure"
            error={errors["reference"]}
          >
            {(wired) => <Input {...wired} name="reference" required maxLength={120} autoComplete="off" />}
          </Field>
          <Field
            id="erasure-reason"
            label="Reason"
            error={errors["reason"]}
            help="At least 10 characters. It stays on record: write nothing that names the person."
          >
            {(wired) => <Textarea {...wired} name="reason" rows={2} maxLength={2000} required />}
          </Field>
          <SubmitButton className="justify-self-start" pendingLabel="Looking for related records">
            Ask for erasure
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

type SettleProps = { line: ErasureLine; confirm: FormAction; withdraw: FormAction };

/** Confirms an erasure of somebody else, after saying what it does, or takes one back. */
export function SettleForms({ line, confirm, withdraw }: SettleProps) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap items-start gap-2">
      <Button
        variant="danger"
        icon={Eraser}
        onClick={() => setAsking(true)}
        reason={line.mayConfirm ? undefined : "You asked for it: another auditor or steward confirms."}
      >
        Forget<span className="sr-only"> the person of erasure {line.number}</span>
      </Button>
      <ActionForm action={withdraw}>
        <input type="hidden" name="erasureId" value={line.id} />
        <SubmitButton variant="secondary" pendingLabel="Taking it back">
          Take back<span className="sr-only"> erasure {line.number}</span>
        </SubmitButton>
      </ActionForm>
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Do erasure ${line.number}?`}>
        <ActionForm action={confirm} className="grid gap-4" onDone={() => setAsking(false)}>
          <input type="hidden" name="erasureId" value={line.id} />
          <ul className="grid list-disc gap-1 pl-5 text-sm">
            <li className="font-medium">This cannot be undone, by nobody.</li>
            <li>
              {line.events.toLocaleString("en-US")} events of the log name {amount(line.count, "record")} no
              more. No report finds them by the person.
            </li>
            <li>
              Ends at once: {amount(line.openRequests, "waiting request")}, {amount(line.liveGrants, "grant")}
              .
            </li>
          </ul>
          <div className="flex flex-wrap gap-2">
            <SubmitButton variant="danger" pendingLabel="Erasing">
              Forget for good
            </SubmitButton>
            <Button onClick={() => setAsking(false)}>Change nothing</Button>
          </div>
        </ActionForm>
      </Dialog>
    </div>
  );
}

const amount = (count: number, noun: string) =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
