"use client";

import { Lock, MessageCircleQuestionMark } from "lucide";
import { lazy, Suspense, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ColumnView } from "@/lib/browse/view";
import type { CheckableField, CheckAction } from "@/lib/lookups/view";
import type { RequestActions } from "@/lib/requests/view";
import { countOf, fieldOf } from "./field-choice";

// Loaded when it is asked for; without next/dynamic, which would bring 2 kB of its own to every page.
const RequestSheet = lazy(async () => ({
  default: (await import("@/components/requests/request-sheet")).RequestSheet,
}));

const CheckSheet = lazy(async () => ({
  default: (await import("@/components/lookups/check-sheet")).CheckSheet,
}));

interface Props {
  tableId: string;
  tableLabel: string;
  record: string;
  columns: readonly ColumnView[];
  actions: RequestActions;
  checks: readonly CheckableField[];
  checkAction: CheckAction;
}

/**
 * Asks for fields of the record: for those whose boxes are checked, or for one's choice among all; and compares a field
 * with what somebody says, which often spares the asking.
 */
export function RecordTools({ tableId, tableLabel, record, columns, actions, checks, checkAction }: Props) {
  const [turn, setTurn] = useState(0);
  const [isChecking, setChecking] = useState(false);
  const [checked, setChecked] = useState<ReadonlySet<string>>(new Set());
  const [wasOpened, setOpened] = useState(false);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const fields = document.querySelector<HTMLElement>("#record");
    const read = () => {
      const boxes = fields?.querySelectorAll<HTMLInputElement>("input[data-field]:checked") ?? [];
      setChecked(new Set([...boxes].map((box) => box.dataset["field"] ?? "")));
    };
    fields?.addEventListener("change", read);
    return () => fields?.removeEventListener("change", read);
  }, []);
  const choices = columns.flatMap((column) => fieldOf(column) ?? []).filter((field) => !field.neverOpens);
  const wanted = checked.size === 0 ? choices : choices.filter(({ columnId }) => checked.has(columnId));
  return (
    <>
      {checks.length > 0 && (
        <Button
          icon={MessageCircleQuestionMark}
          onClick={() => {
            setTurn(turn + 1);
            setChecking(true);
          }}
        >
          Check what was said
        </Button>
      )}
      {turn > 0 && (
        <Suspense>
          <CheckSheet
            key={turn}
            tableId={tableId}
            record={record}
            fields={checks}
            action={checkAction}
            open={isChecking}
            onClose={() => setChecking(false)}
          />
        </Suspense>
      )}
      <Button
        variant="primary"
        icon={Lock}
        onClick={() => {
          setOpened(true);
          setOpen(true);
        }}
        {...(choices.length === 0
          ? { reason: "No field of this record is masked in a way that can be opened." }
          : {})}
      >
        {checked.size === 0 ? "Request fields" : `Request ${countOf(checked.size, "field")}`}
      </Button>
      {wasOpened && (
        <Suspense>
          <RequestSheet
            tableId={tableId}
            tableLabel={tableLabel}
            records={[record]}
            fields={wanted}
            actions={actions}
            open={isOpen}
            onClose={() => setOpen(false)}
          />
        </Suspense>
      )}
    </>
  );
}
