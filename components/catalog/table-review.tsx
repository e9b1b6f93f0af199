"use client";

import { useCallback, useRef, useState, type KeyboardEvent } from "react";
import {
  canConfirm,
  choiceOf,
  classOf,
  groupOrder,
  inOrder,
  maskByLetter,
  masksOf,
  withClass,
  withPreset,
  type Choice,
  type Edits,
} from "@/components/catalog/review-choice";
import { ReviewInspector } from "@/components/catalog/review-inspector";
import { ReviewList, type ListedGroup } from "@/components/catalog/review-list";
import { ReviewStrip } from "@/components/catalog/review-strip";
import { useReviewDeeds } from "@/components/catalog/use-review-deeds";
import { useSamples } from "@/components/catalog/use-samples";
import type { ReviewActions, ReviewColumn, TableReview } from "@/lib/catalog/view";

/** The review of one table: the list, the column that is looked at, and the keys that work on both. */
export function TableReviewer({ review, actions }: { review: TableReview; actions: ReviewActions }) {
  // Rows stay where they are while one works: their groups are those of the moment the page opened.
  const [groups] = useState(() => new Map(review.columns.map(({ id, group }) => [id, group])));
  const columns = inOrder(review.columns, groups);
  const [activeId, setActiveId] = useState(columns[0]?.id);
  const [edits, setEdits] = useState<Edits>(new Map());
  const root = useRef<HTMLDivElement>(null);
  const classSelect = useRef<HTMLSelectElement>(null);
  const deeds = useReviewDeeds(review, actions, edits, setEdits);

  const active = columns.find(({ id }) => id === activeId) ?? columns[0];
  const choice = active && choiceOf(active, edits);
  const samples = useSamples(review.tableId, active && choice && { id: active.id, classId: choice.classId });

  const edit = (column: ReviewColumn, next: Choice) =>
    setEdits((before) => new Map(before).set(column.id, next));
  const move = (to: ReviewColumn | undefined) => {
    if (!to) return;
    setActiveId(to.id);
    const button = document.getElementById(`column-${to.id}`);
    const fromList = document.activeElement?.closest("[data-column]") ?? null;
    if (fromList) button?.focus();
    button?.scrollIntoView({ block: "nearest" });
  };
  const confirmActive = () => {
    if (!active || !choice || !canConfirm(active, choice)) return;
    deeds.confirm([active]);
    const later = columns.slice(columns.indexOf(active) + 1);
    move(later.find((column) => waits(column) && !deeds.busy.has(column.id)));
  };
  const confirmMany = useCallback((many: readonly ReviewColumn[]) => deeds.confirm(many), [deeds]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (!active || !choice || event.metaKey || event.ctrlKey || event.altKey || event.nativeEvent.isComposing)
      return;
    const target = event.target as HTMLElement;
    const inSelect = target instanceof HTMLSelectElement;
    if (inSelect && target !== classSelect.current) return;
    const inList = target.closest("[data-column]") !== null;
    const at = columns.indexOf(active);
    const mask = inSelect ? null : maskByLetter(masksOf(review, active, choice), choice.maskKey, event.key);
    if (event.key === "Enter" && (inList || inSelect || target instanceof HTMLInputElement)) confirmActive();
    else if (inList && (event.key === "ArrowDown" || event.key === "j")) move(columns[at + 1]);
    else if (inList && (event.key === "ArrowUp" || event.key === "k")) move(columns[at - 1]);
    else if (inList && event.key === "Home") move(columns[0]);
    else if (inList && event.key === "End") move(columns.at(-1));
    else if (inSelect && event.key === "Escape") document.getElementById(`column-${active.id}`)?.focus();
    else if (mask !== null) edit(active, { ...choice, maskKey: mask });
    else if (!inSelect && event.key === "e") classSelect.current?.focus();
    else if (!inSelect && event.key === "u") deeds.reopen(active);
    else return;
    event.preventDefault();
  };

  if (!active || !choice) return null;
  const open = columns.filter((column) => waits(column) || edits.has(column.id));
  const ready = open.filter(
    (column) => column.group !== "changed" && canConfirm(column, choiceOf(column, edits)),
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the controls inside, each reachable by itself
    <div ref={root} className="review" onKeyDown={onKeyDown}>
      <div className="flex min-h-0 min-w-0 flex-col gap-2">
        <ReviewList
          groups={listed(review, columns, groups, edits, samples, deeds.busy)}
          activeId={active.id}
          onPick={setActiveId}
          onConfirm={confirmMany}
        />
        <ReviewStrip
          notice={deeds.notice}
          ready={ready.length}
          left={open.length}
          onConfirm={() => confirmMany(ready)}
          presets={review.presets}
          onPreset={(preset) => setEdits((before) => withPreset(review, columns, before, preset))}
        />
      </div>
      <ReviewInspector
        review={review}
        column={active}
        choice={choice}
        samples={samples}
        confirmable={canConfirm(active, choice)}
        busy={deeds.busy.has(active.id)}
        classSelect={classSelect}
        onClass={(classId) => edit(active, withClass(review, active, classId))}
        onMask={(maskKey) => edit(active, { ...choice, maskKey })}
        onConfirm={confirmActive}
        onReopen={() => deeds.reopen(active)}
      />
    </div>
  );
}

const waits = (column: ReviewColumn) => column.state !== "confirmed" && column.group !== "gone";

function listed(
  review: TableReview,
  columns: readonly ReviewColumn[],
  groups: ReadonlyMap<string, ReviewColumn["group"]>,
  edits: Edits,
  samples: ReturnType<typeof useSamples>,
  busy: ReadonlySet<string>,
): ListedGroup[] {
  return groupOrder.flatMap((group) => {
    const own = columns.filter((column) => (groups.get(column.id) ?? column.group) === group);
    if (own.length === 0) return [];
    const rows = own.map((column) => {
      const { classId, maskKey } = choiceOf(column, edits);
      return {
        column,
        classChoice: classOf(review, classId),
        maskKey,
        maskName:
          masksOf(review, column, { classId, maskKey }).find(({ key }) => key === maskKey)?.name ?? "",
        sample: maskKey === null ? undefined : samples.of(column.id, classId, maskKey),
        confirmable: canConfirm(column, { classId, maskKey }),
        busy: busy.has(column.id),
      };
    });
    const ready = own.filter((column) => waits(column) && canConfirm(column, choiceOf(column, edits)));
    return [{ group, rows, ready }];
  });
}
