"use client";

import { useState } from "react";
import { RecordBoxes } from "@/components/approvals/record-boxes";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Presets } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { durationText } from "@/components/ui/time-text";
import type { InboxDetail } from "@/lib/approvals/view";

type Narrowed = {
  columnIds?: string[];
  partialIds?: string[];
  records?: string[];
  viewSeconds?: number;
  words: string;
};

interface Props {
  detail: InboxDetail;
  busy: boolean;
  onSend: (narrowed: Narrowed) => void;
  onCancel: () => void;
}

const presets = [60, 300, 900, 1800];

/** Approves less than was asked: fields, full values, records and time can be taken away, nothing can be added. */
export function NarrowForm({ detail, busy, onSend, onCancel }: Props) {
  const { brief } = detail;
  const [columnIds, setColumnIds] = useState(() => brief.fields.map((field) => field.columnId));
  const [partial, setPartial] = useState<string[]>([]);
  const [records, setRecords] = useState(() => detail.records.map((record) => record.handle));
  const [viewSeconds, setViewSeconds] = useState(brief.viewSeconds);
  const [words, setWords] = useState("");
  // Of what is left out there is no part either.
  const partialIds = partial.filter((id) => columnIds.includes(id));
  const divisible = brief.fields.filter(
    ({ columnId }) => detail.partialPossible.includes(columnId) && columnIds.includes(columnId),
  );
  const isSame =
    partialIds.length === 0 &&
    columnIds.length === brief.fields.length &&
    records.length === detail.records.length &&
    viewSeconds === brief.viewSeconds;
  const isEmpty = columnIds.length === 0 || records.length === 0;
  const reason = isSame
    ? "Take something away first, or approve it as it is."
    : isEmpty
      ? "Nothing is left. Deny it instead."
      : undefined;
  const times = [...presets.filter((seconds) => seconds < brief.viewSeconds), brief.viewSeconds];
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason === undefined) onSend({ columnIds, partialIds, records, viewSeconds, words });
      }}
    >
      <div className="flex flex-wrap gap-x-10 gap-y-4">
        <Boxes
          legend="Fields"
          choices={brief.fields.map((field) => ({ id: field.columnId, label: field.name }))}
          chosen={columnIds}
          onChange={setColumnIds}
        />
        {divisible.length > 0 && (
          <Boxes
            legend="Only a part of the value of"
            choices={divisible.map((field) => ({ id: field.columnId, label: field.name }))}
            chosen={partialIds}
            onChange={setPartial}
          />
        )}
        {detail.records.length > 1 && (
          <RecordBoxes
            records={detail.records.map((record) => ({ id: record.handle, label: record.label }))}
            chosen={records}
            onChange={setRecords}
          />
        )}
        <Presets
          legend="Time to look"
          name="narrow-view"
          value={String(viewSeconds)}
          onChange={(event) => setViewSeconds(Number(event.target.value))}
          choices={times.map((seconds) => ({ value: String(seconds), label: durationText(seconds) }))}
        />
      </div>
      <Field id="narrow-words" label="Words for the requester" optional>
        {(wired) => (
          <Input
            {...wired}
            maxLength={2000}
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          variant="primary"
          aria-busy={busy}
          {...(reason === undefined ? {} : { reason })}
        >
          Approve {counted(columnIds.length, "field")}
          {partialIds.length > 0 && `, ${partialIds.length} in part,`} of {counted(records.length, "record")}{" "}
          for {durationText(viewSeconds)}
        </Button>
        <Button onClick={onCancel}>Back</Button>
      </div>
    </form>
  );
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

interface BoxesProps {
  legend: string;
  choices: readonly { id: string; label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

function Boxes({ legend, choices, chosen, onChange }: BoxesProps) {
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="grid max-h-44 gap-1 overflow-y-auto pr-3">
        {choices.map((choice) => (
          <Checkbox
            key={choice.id}
            checked={chosen.includes(choice.id)}
            onChange={(event) => toggle(choice.id, event.target.checked)}
            label={<span className="font-mono text-sm">{choice.label}</span>}
          />
        ))}
      </div>
    </fieldset>
  );
}
