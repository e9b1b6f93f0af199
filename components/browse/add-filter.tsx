"use client";

import { ListFilter } from "lucide";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { Button, ButtonFace, buttonClass } from "@/components/ui/button";
import { Input, Select } from "@/components/ui/input";
import type { ColumnView, FilterInput, FilterOffer, FilterOp } from "@/lib/browse/view";
import { filterEvent } from "./column-card";

interface Props {
  path: string;
  /** What the address says already. */
  keep: readonly (readonly [name: string, value: string])[];
  columns: readonly ColumnView[];
}

/** A panel that adds a filter: a form whose answer is an address. It is drawn when it is first opened. */
export function AddFilter({ path, keep, columns }: Props) {
  const panel = useRef<HTMLDialogElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const clear = columns.filter(({ filter }) => filter !== null);
  const [name, setName] = useState(clear[0]?.name ?? "");
  const [op, setOp] = useState<FilterOp | null>(null);
  const [isDrawn, setDrawn] = useState(false);
  // Drawn before it shows, so that the browser finds what to focus.
  const show = () => {
    flushSync(() => setDrawn(true));
    panel.current?.showPopover(button.current === null ? {} : { source: button.current });
  };
  useEffect(() => {
    const open = (event: Event) => {
      setName((event as CustomEvent<string>).detail);
      setOp(null);
      show();
    };
    document.addEventListener(filterEvent, open);
    return () => document.removeEventListener(filterEvent, open);
  }, []);
  const offer = clear.find((column) => column.name === name)?.filter ?? null;
  const chosenOp = op ?? offer?.ops[0]?.[0] ?? "is";
  if (clear.length === 0) {
    return (
      <Button
        size="sm"
        icon={ListFilter}
        reason="All columns are masked, and what is masked cannot be filtered."
      >
        Filter
      </Button>
    );
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-haspopup="dialog"
        className={buttonClass({ size: "sm" })}
        onClick={show}
      >
        <ButtonFace icon={ListFilter}>Filter</ButtonFace>
      </button>
      <dialog ref={panel} popover="auto" aria-label="Add a filter" className="panel w-80 p-3">
        {isDrawn && (
          <form
            action={path}
            data-soft=""
            onSubmit={() => panel.current?.hidePopover()}
            className="grid gap-2"
          >
            {keep.map(([key, value], index) => (
              <input key={index} type="hidden" name={key} value={value} />
            ))}
            <Select
              aria-label="Column"
              name="column"
              value={name}
              onChange={(event) => {
                setName(event.target.value);
                setOp(null);
              }}
            >
              {columns.map((column) => (
                <option key={column.id} value={column.name} disabled={column.filter === null}>
                  {column.filter === null ? `${column.name} (masked)` : column.name}
                </option>
              ))}
            </Select>
            <Select
              aria-label="How"
              name="op"
              value={chosenOp}
              onChange={(event) => setOp(event.target.value as FilterOp)}
            >
              {offer?.ops.map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </Select>
            {offer !== null && <Values key={`${name} ${chosenOp}`} offer={offer} op={chosenOp} />}
            <Button type="submit" variant="primary" size="sm" className="justify-self-start">
              Add filter
            </Button>
          </form>
        )}
      </dialog>
    </>
  );
}

const inputTypes: Record<Exclude<FilterInput, "choice">, string> = {
  text: "text",
  number: "text",
  date: "date",
  moment: "date",
  time: "time",
};

function Values({ offer, op }: { offer: FilterOffer; op: FilterOp }) {
  if (op === "null" || op === "not-null" || op === "empty") return null;
  if (offer.input === "choice") return <Choices choices={offer.choices ?? []} many={op === "any"} />;
  const type = inputTypes[offer.input];
  const mode = offer.input === "number" ? ({ inputMode: "decimal" } as const) : {};
  return (
    <div className="flex items-center gap-2">
      <Input aria-label={op === "between" ? "From" : "Value"} name="value" type={type} required {...mode} />
      {op === "between" && (
        <>
          <span className="text-ink-muted">and</span>
          <Input aria-label="To" name="value" type={type} required {...mode} />
        </>
      )}
    </div>
  );
}

function Choices({ choices, many }: { choices: readonly string[]; many: boolean }) {
  return (
    <fieldset className="grid max-h-48 gap-1 overflow-auto">
      <legend className="sr-only">Values</legend>
      {choices.map((choice, index) => (
        <label key={choice} className="flex min-h-6 items-center gap-2">
          <input
            type={many ? "checkbox" : "radio"}
            className={many ? "check" : "radio"}
            name="value"
            value={choice}
            defaultChecked={!many && index === 0}
          />
          {choice}
        </label>
      ))}
    </fieldset>
  );
}
