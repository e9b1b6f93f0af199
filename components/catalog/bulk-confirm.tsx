"use client";

import { CheckCheck } from "lucide";
import { useTransition } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import type { Answer, ConfirmedView, ReopenedView } from "@/lib/catalog/view";

interface Props {
  sourceId: string;
  sure: number;
  likely: number;
  confirm: (wanted: { sourceId: string; atLeast: "sure" | "likely" }) => Promise<Answer<ConfirmedView>>;
  undo: (wanted: { sourceId: string; confirmedAt: string }) => Promise<Answer<ReopenedView>>;
}

/** Confirms what is sure, or also what is likely, in the whole source; the toast takes it back. */
export function BulkConfirm({ sourceId, sure, likely, confirm, undo }: Props) {
  const [pending, start] = useTransition();
  const run = (atLeast: "sure" | "likely") =>
    start(async () => {
      const answer = await confirm({ sourceId, atLeast });
      announce(
        answer.ok ? doneWords(answer.output, () => void takeBack(answer.output.at)) : refusedWords(answer),
      );
    });
  const takeBack = async (confirmedAt: string) => {
    const answer = await undo({ sourceId, confirmedAt });
    announce(
      answer.ok ? { text: `${columns(answer.output.count)} hidden again`, tone: "ok" } : refusedWords(answer),
    );
  };
  return (
    <div className="flex flex-wrap gap-2" aria-busy={pending}>
      {sure > 0 && (
        <Button icon={CheckCheck} variant="primary" disabled={pending} onClick={() => run("sure")}>
          Confirm {columns(sure)} that {sure === 1 ? "is" : "are"} sure
        </Button>
      )}
      {likely > 0 && (
        <Button icon={CheckCheck} disabled={pending} onClick={() => run("likely")}>
          {sure > 0 ? `Sure and likely: ${sure + likely}` : `Confirm ${columns(likely)} that seem likely`}
        </Button>
      )}
    </div>
  );
}

const columns = (count: number) => `${count.toLocaleString("en-US")} ${count === 1 ? "column" : "columns"}`;

function doneWords({ count, endedGrants }: ConfirmedView, run: () => void) {
  const ended = endedGrants > 0 ? `, ${endedGrants} grants ended` : "";
  return { text: `${columns(count)} confirmed${ended}`, tone: "ok" as const, action: { label: "Undo", run } };
}

const refusedWords = ({ what, next }: { what: string; next: string }) => ({
  text: `${what} ${next}`,
  tone: "error" as const,
});
