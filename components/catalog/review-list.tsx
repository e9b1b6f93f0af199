import { CheckCheck, CircleCheck, KeyRound, LoaderCircle, TriangleAlert } from "lucide";
import { memo } from "react";
import { MaskedSample } from "@/components/catalog/mask-sample";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Sensitivity } from "@/components/ui/sensitivity";
import { Table } from "@/components/ui/table";
import type { ClassChoice, MaskSample, ReviewColumn, ReviewGroup } from "@/lib/catalog/view";

export type ListedColumn = {
  column: ReviewColumn;
  classChoice: ClassChoice | undefined;
  maskKey: string | null;
  maskName: string;
  sample: MaskSample | undefined;
  confirmable: boolean;
  busy: boolean;
};

export type ListedGroup = {
  group: ReviewGroup;
  rows: readonly ListedColumn[];
  ready: readonly ReviewColumn[];
};

const groupWords: Record<ReviewGroup, readonly [title: string, says: string]> = {
  changed: ["Changed in the source", "Hidden until you look at them again"],
  unsure: ["Need a look", "Neither name nor values say enough"],
  likely: ["Likely", "Name or values suggest it"],
  sure: ["Sure", "Name or values say it"],
  confirmed: ["Confirmed", ""],
  gone: ["No longer in the source", "Kept because requests and the log speak of them"],
};

interface Props {
  groups: readonly ListedGroup[];
  activeId: string | undefined;
  onPick: (id: string) => void;
  onConfirm: (columns: readonly ReviewColumn[]) => void;
}

/** The columns of a table, grouped by how sure their proposals are. Keys are handled by the review around it. */
export function ReviewList({ groups, activeId, onPick, onConfirm }: Props) {
  const pick = (target: EventTarget) => {
    const id =
      target instanceof Element ? target.closest<HTMLElement>("[data-column]")?.dataset["column"] : undefined;
    if (id !== undefined) onPick(id);
  };
  return (
    <Table label="Columns" fill>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">Holds</th>
          <th scope="col">Shows as</th>
          <th scope="col">Sample</th>
          <th scope="col" data-align="end">
            State
          </th>
        </tr>
      </thead>
      {groups.map(({ group, rows, ready }) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- each row has a button of its own; this only widens it for a mouse
        <tbody key={group} onClick={(event) => pick(event.target)}>
          <tr className="review-group">
            <th scope="rowgroup" colSpan={5}>
              <span className="flex items-center gap-2">
                <span className="font-medium">
                  {groupWords[group][0]} <span className="font-normal text-ink-muted">{rows.length}</span>
                </span>
                <span className="truncate font-normal text-ink-muted">{groupWords[group][1]}</span>
                {ready.length > 1 && group !== "changed" && (
                  <Button
                    size="sm"
                    variant="quiet"
                    icon={CheckCheck}
                    className="ml-auto"
                    onClick={() => onConfirm(ready)}
                  >
                    Confirm {ready.length === rows.length ? `all ${ready.length}` : ready.length}
                  </Button>
                )}
              </span>
            </th>
          </tr>
          {rows.map((row) => (
            <Row key={row.column.id} {...row} active={row.column.id === activeId} onConfirm={onConfirm} />
          ))}
        </tbody>
      ))}
    </Table>
  );
}

type RowProps = ListedColumn & { active: boolean; onConfirm: (columns: readonly ReviewColumn[]) => void };

const Row = memo(function Row({
  column,
  classChoice,
  maskKey,
  maskName,
  sample,
  active,
  ...state
}: RowProps) {
  const sensitivity = classChoice?.sensitivity ?? 0;
  return (
    <tr data-column={column.id} aria-selected={active}>
      <th scope="row">
        <button
          type="button"
          id={`column-${column.id}`}
          tabIndex={active ? 0 : -1}
          aria-current={active ? "true" : undefined}
          className="font-mono font-medium"
        >
          {column.name}
        </button>
        {column.isKey && (
          <Icon
            of={KeyRound}
            aria-label="part of the key"
            size={12}
            className="ml-1.5 inline text-ink-muted"
          />
        )}
        <span className="ml-2 text-xs text-ink-muted">{column.type}</span>
      </th>
      <td>
        <span className="inline-flex items-center gap-1.5">
          {sensitivity > 0 && <Sensitivity level={sensitivity as 1 | 2 | 3 | 4} />}
          <span className={sensitivity === 0 ? "text-ink-muted" : undefined}>{classChoice?.title}</span>
        </span>
      </td>
      <td>{maskName}</td>
      <td>
        <MaskedSample maskKey={maskKey} sample={sample} most={1} readable={column.readable} />
      </td>
      <td data-align="end">
        <State column={column} {...state} />
      </td>
    </tr>
  );
});

type StateProps = Pick<RowProps, "column" | "confirmable" | "busy" | "onConfirm">;

function State({ column, confirmable, busy, onConfirm }: StateProps) {
  if (busy)
    return (
      <Icon
        of={LoaderCircle}
        aria-label="being confirmed"
        size={15}
        className="late-spin ml-auto text-ink-muted"
      />
    );
  if (confirmable) {
    return (
      <Button size="sm" tabIndex={-1} className="h-6" onClick={() => onConfirm([column])}>
        Confirm<span className="sr-only"> {column.name}</span>
      </Button>
    );
  }
  if (column.state === "confirmed" && column.group !== "changed") {
    return <Icon of={CircleCheck} aria-label="confirmed" size={15} className="ml-auto text-ok" />;
  }
  if (column.group === "gone") return <span className="text-ink-faint">gone</span>;
  return (
    <span className="inline-flex items-center gap-1 text-ink-muted">
      <Icon of={TriangleAlert} aria-hidden size={14} /> choose
    </span>
  );
}
