"use client";

import { useId } from "react";
import { Presets } from "@/components/ui/choice";
import { Field, FieldError } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { Sensitivity } from "@/components/ui/sensitivity";
import type { FieldChoice, Level, RequestChoices } from "@/lib/requests/view";
import { BoundsFields } from "./bounds-fields";
import { levelOf } from "./request-brief";
import type { DraftForm } from "./use-draft";

const noChoices: RequestChoices = {
  purposes: [],
  viewPresets: [300],
  longestSeconds: 300,
  reasonMin: 10,
  reasonMax: 2000,
  start: { timeZone: "UTC", earliest: "", latest: "" },
  mostViews: 100,
};

/** The fields of a request: what, why, for how long. */
export function RequestForm({ form, fields }: { form: DraftForm; fields: readonly FieldChoice[] }) {
  const { draft, preview, errors, change } = form;
  const id = useId();
  const choices = preview?.choices ?? noChoices;
  return (
    <div className="grid gap-5">
      <FieldChoices form={form} fields={fields} />
      <Field id={`${id}-purpose`} label="Purpose" error={errors["purpose"]}>
        {(wired) => (
          <Select
            {...wired}
            value={draft.purpose}
            onChange={(event) => change({ purpose: event.target.value })}
          >
            <option value="" disabled>
              Choose one
            </option>
            {choices.purposes.map((purpose) => (
              <option key={purpose.id} value={purpose.id}>
                {purpose.words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        id={`${id}-reason`}
        label="Reason"
        error={errors["reason"]}
        help={<Counter length={[...draft.reason.trim()].length} choices={choices} />}
      >
        {(wired) => (
          <Textarea
            {...wired}
            value={draft.reason}
            maxLength={choices.reasonMax}
            placeholder="What you need the values for, so that somebody who was not there understands it"
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-x-8 gap-y-5">
        <Field id={`${id}-ticket`} label="Ticket" optional error={errors["ticket"]} className="w-44">
          {(wired) => (
            <Input
              {...wired}
              value={draft.ticket}
              maxLength={120}
              onChange={(event) => change({ ticket: event.target.value })}
            />
          )}
        </Field>
        <BoundsFields form={form} choices={choices} />
      </div>
    </div>
  );
}

function Counter({ length, choices: { reasonMin, reasonMax } }: { length: number; choices: RequestChoices }) {
  if (length === 0)
    return <>At least {reasonMin} characters. The approver decides by this, and it stays on record.</>;
  if (length < reasonMin) return <>{reasonMin - length} more to go.</>;
  return (
    <>
      {length.toLocaleString("en-US")} of {reasonMax.toLocaleString("en-US")} characters.
    </>
  );
}

function FieldChoices({ form, fields }: { form: DraftForm; fields: readonly FieldChoice[] }) {
  const id = useId();
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Fields</legend>
      <ul className="divide-y rounded-md border bg-surface">
        {fields.map((field) => (
          <li key={field.columnId} className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1">
            <FieldLine id={`${id}-${field.columnId}`} field={field} form={form} />
          </li>
        ))}
      </ul>
      {form.errors["fields"] && <FieldError>{form.errors["fields"]}</FieldError>}
      {form.draft.fields.length === 0 && (
        <p className="mt-1 text-xs text-ink-muted">
          Choose the fields that you need; fewer are decided faster.
        </p>
      )}
    </fieldset>
  );
}

function FieldLine({ id, field, form }: { id: string; field: FieldChoice; form: DraftForm }) {
  const level = form.draft.fields.find((one) => one.columnId === field.columnId)?.level ?? null;
  const choose = (next: Level | null) => form.setLevel(field.columnId, next);
  return (
    <>
      <label className="flex min-w-0 flex-1 items-center gap-2">
        <input
          type="checkbox"
          className="check"
          checked={level !== null}
          disabled={field.neverOpens}
          onChange={(event) => choose(event.target.checked ? "full" : null)}
        />
        <Sensitivity level={levelOf(field.sensitivity)} />
        <span className="truncate font-mono text-sm">{field.name}</span>
        <span className="truncate text-sm text-ink-muted">{field.classTitle}</span>
      </label>
      {field.neverOpens ? (
        <span className="text-xs text-ink-muted">Never shown to anybody</span>
      ) : (
        field.partialPossible &&
        level !== null && (
          <Presets
            legend={`How much of ${field.name}`}
            hideLegend
            name={id}
            value={level}
            onChange={(event) => choose(event.target.value === "partial" ? "partial" : "full")}
            choices={[
              { value: "partial", label: "A part" },
              { value: "full", label: "In full" },
            ]}
          />
        )
      )}
    </>
  );
}
