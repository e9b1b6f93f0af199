"use client";

import { Scale } from "lucide";
import { useState, useTransition } from "react";
import { announce } from "@/components/ui/announce";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Table } from "@/components/ui/table";
import type { Answer, ConfirmedView, PresetChange, PresetPlan, ReopenedView } from "@/lib/catalog/view";

interface Props {
  sourceId: string;
  preset: { id: string; title: string };
  plan: PresetPlan;
  apply: (wanted: {
    sourceId: string;
    preset: string;
    columns: readonly { id: string; version: number }[];
  }) => Promise<Answer<ConfirmedView>>;
  undo: (wanted: { sourceId: string; confirmedAt: string }) => Promise<Answer<ReopenedView>>;
}

/** What a rule book would change, column by column; what may show more than now is not ticked to begin with. */
export function PresetForm({ sourceId, preset, plan, apply, undo }: Props) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(
    () => new Set(plan.changes.filter(({ how }) => how === "stricter").map(({ id }) => id)),
  );
  const [pending, start] = useTransition();
  const chosen = plan.changes.filter(({ id }) => ticked.has(id));
  const tick = (id: string, on: boolean) =>
    setTicked((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));
  const takeBack = async (confirmedAt: string) => {
    const answer = await undo({ sourceId, confirmedAt });
    announce(
      answer.ok ? { text: `${counted(answer.output.count)} hidden again`, tone: "ok" } : refusedWords(answer),
    );
  };
  const run = () =>
    start(async () => {
      const columns = chosen.map(({ id, version }) => ({ id, version }));
      const answer = await apply({ sourceId, preset: preset.id, columns });
      if (!answer.ok) return announce(refusedWords(answer));
      const { count, at } = answer.output;
      announce({
        text: `${counted(count)} masked by ${preset.title}`,
        tone: "ok",
        action: { label: "Undo", run: () => void takeBack(at) },
      });
    });
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3" aria-busy={pending}>
        <p className="text-sm text-ink-muted">{summary(plan)}</p>
        <Button icon={Scale} variant="primary" disabled={pending || chosen.length === 0} onClick={run}>
          Mask {counted(chosen.length)}
        </Button>
      </div>
      <Table label="What would change">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Class</th>
            <th scope="col">Shows now</th>
            <th scope="col">Would show</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {plan.changes.map((change) => (
            <ChangeLine key={change.id} change={change} isTicked={ticked.has(change.id)} tick={tick} />
          ))}
        </tbody>
      </Table>
    </>
  );
}

interface LineProps {
  change: PresetChange;
  isTicked: boolean;
  tick: (id: string, on: boolean) => void;
}

function ChangeLine({
  change: { id, table, column, classTitle, now, wanted, how },
  isTicked,
  tick,
}: LineProps) {
  return (
    <tr>
      <th scope="row">
        <Checkbox
          label={`${table}.${column}`}
          checked={isTicked}
          onChange={(event) => tick(id, event.target.checked)}
        />
      </th>
      <td>{classTitle}</td>
      <td>{now}</td>
      <td>{wanted}</td>
      <td>
        {how === "stricter" ? <Badge tone="ok">stricter</Badge> : <Badge tone="danger">may show more</Badge>}
      </td>
    </tr>
  );
}

const counted = (count: number) => `${count.toLocaleString("en-US")} ${count === 1 ? "column" : "columns"}`;

function summary({ changes, more, unchanged }: PresetPlan): string {
  const looser = changes.filter(({ how }) => how === "looser").length;
  return [
    `${counted(changes.length - looser)} would show less`,
    `${looser.toLocaleString("en-US")} may show more and change only if you tick them`,
    `${unchanged.toLocaleString("en-US")} stay as they are`,
    ...(more > 0 ? [`${more.toLocaleString("en-US")} more come when these are done`] : []),
  ].join(" · ");
}

const refusedWords = ({ what, next }: { what: string; next: string }) => ({
  text: `${what} ${next}`,
  tone: "error" as const,
});
