import { useId, useState, useTransition } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import { TextLink } from "@/components/ui/text-link";
import type { DraftChoice, RequestSignals, SaveAnswer } from "@/lib/policies/view";
import type { Simulation } from "@/lib/requests/view";
import { Pick } from "./pick";
import { outcomes } from "./scenario-form";

interface Props {
  given: RequestSignals;
  result: Simulation;
  /** A name to begin with. */
  name: string;
  drafts: readonly DraftChoice[];
  keep: (wanted: object) => Promise<SaveAnswer>;
}

const unanswered = {
  ok: false as const,
  what: "Glimpse did not answer.",
  next: "Nothing was kept. Try again.",
  fields: {},
};

/** Keeps the simulated request as a scenario of a draft: from then on it has to come out as it is said here. */
export function KeepScenario({ given, result, drafts, keep, ...start }: Props) {
  const id = useId();
  const [name, setName] = useState(start.name);
  const [number, setNumber] = useState(String(drafts[0]?.number ?? ""));
  const [outcome, setOutcome] = useState<string>(result.outcome.kind);
  const [answer, setAnswer] = useState<SaveAnswer | null>(null);
  const [pending, begin] = useTransition();
  const draft = drafts.find((one) => String(one.number) === number);
  if (!draft)
    return (
      <p className="text-sm text-ink-muted">
        To keep it as a scenario, begin a draft under <TextLink href="/policies">Policies</TextLink> first.
      </p>
    );
  const put = () =>
    begin(async () => {
      const expect = { outcome, ...(outcome === result.outcome.kind ? { rule: result.rule } : {}) };
      const wanted = { number: draft.number, version: draft.version, scenario: { name, given, expect } };
      const said = await keep(wanted).catch(() => unanswered);
      setAnswer(said);
      if (said.ok) announce({ text: `Kept in version ${draft.number}`, tone: "ok" });
    });
  return (
    <section aria-label="Keep as a scenario" className="grid min-w-0 gap-3 rounded-md border bg-surface p-4">
      <div className="flex flex-wrap items-end gap-3">
        <Field id={id} label="Keep it as the scenario" className="min-w-0 flex-1">
          {(wired) => (
            <Input {...wired} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <Pick
          label="In the draft"
          value={number}
          choices={drafts.map((one) => ({
            id: String(one.number),
            words: `Version ${one.number}: ${one.note}`,
          }))}
          onChange={setNumber}
        />
        <Pick label="It has to be" value={outcome} choices={outcomes} onChange={setOutcome} />
        <Button onClick={put} {...(pending ? { reason: "It is being kept." } : {})}>
          Keep as a scenario
        </Button>
      </div>
      {answer && <Kept answer={answer} draft={draft} />}
    </section>
  );
}

function Kept({ answer, draft: { number } }: { answer: SaveAnswer; draft: DraftChoice }) {
  if (!answer.ok)
    return (
      <Message tone="error" title={answer.what}>
        {[answer.next, ...Object.values(answer.fields)].join(" ")}
      </Message>
    );
  const tried = answer.output.passed ? "every scenario passes" : "not every scenario passes";
  return (
    <p className="text-sm">
      Kept in <TextLink href={`/policies/${number}`}>version {number}</TextLink>; {tried}.
    </p>
  );
}
