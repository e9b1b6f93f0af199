import { useCallback, useMemo, useState } from "react";
import { choiceOf, masksOf, type Edits } from "@/components/catalog/review-choice";
import { announce } from "@/components/ui/announce";
import type { Answer, ReviewActions, ReviewColumn, TableReview } from "@/lib/catalog/view";

type SetEdits = (change: (before: Edits) => Edits) => void;

/** What was done last, and how to take it back. */
export type Notice = { text: string; undo?: () => void };

/** Confirms and reopens columns of a table; `busy` holds those whose answer is on its way. */
export function useReviewDeeds(
  review: TableReview,
  actions: ReviewActions,
  edits: Edits,
  setEdits: SetEdits,
) {
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [notice, setNotice] = useState<Notice | null>(null);
  const { sourceId } = review;

  const during = useCallback(
    async <T>(columns: readonly ReviewColumn[], answer: Promise<Answer<T>>, say: (output: T) => Notice) => {
      const ids = columns.map(({ id }) => id);
      setBusy((before) => new Set([...before, ...ids]));
      const output = await answered(answer);
      setBusy((before) => new Set([...before].filter((id) => !ids.includes(id))));
      if (output === null) return;
      // What is stored now is what was chosen; the page brings it.
      setEdits((before) => new Map([...before].filter(([id]) => !ids.includes(id))));
      setNotice(say(output));
    },
    [setEdits],
  );

  const undo = useCallback(
    (confirmedAt: string) =>
      void during([], actions.undo({ sourceId, confirmedAt }), ({ count }) => ({
        text: `${counted(count)} hidden again`,
      })),
    [actions, during, sourceId],
  );

  const confirm = useCallback(
    (columns: readonly ReviewColumn[]) => {
      const choices = columns.flatMap((column) => {
        const { classId, maskKey } = choiceOf(column, edits);
        const mask = masksOf(review, column, { classId, maskKey }).find(({ key }) => key === maskKey)?.mask;
        return mask ? [{ id: column.id, version: column.version, classId, mask }] : [];
      });
      if (choices.length === 0) return;
      void during(columns, actions.confirm({ sourceId, choices }), ({ count, at, endedGrants }) => ({
        text: `${count === 1 ? columns[0]?.name : counted(count)} confirmed${endedWords(endedGrants)}`,
        undo: () => undo(at),
      }));
    },
    [actions, during, edits, review, sourceId, undo],
  );

  const reopen = useCallback(
    (column: ReviewColumn) => {
      if (column.state !== "confirmed" || column.group === "gone") return;
      const columns = [{ id: column.id, version: column.version }];
      void during([column], actions.reopen({ sourceId, columns }), ({ endedGrants }) => ({
        text: `${column.name} is hidden again${endedWords(endedGrants)}`,
      }));
    },
    [actions, during, sourceId],
  );

  return useMemo(() => ({ busy, notice, confirm, reopen }), [busy, notice, confirm, reopen]);
}

/** The output of an action; null after its refusal or failure was said. */
async function answered<T>(answer: Promise<Answer<T>>): Promise<T | null> {
  try {
    const found = await answer;
    if (found.ok) return found.output;
    announce({ text: `${found.what} ${found.next}`, tone: "error" });
  } catch {
    announce({
      text: "Something failed on our side. Nothing was changed. Load the page again.",
      tone: "error",
    });
  }
  return null;
}

const counted = (count: number) => `${count} ${count === 1 ? "column" : "columns"}`;

function endedWords(grants: number): string {
  return grants === 0 ? "" : `, ${grants} ${grants === 1 ? "grant" : "grants"} ended`;
}
