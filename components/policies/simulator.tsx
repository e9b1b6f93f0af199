"use client";

import { FlaskConical } from "lucide";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Message } from "@/components/ui/message";
import type { DraftChoice, PolicyChoices, Requesters, RequestSignals, SaveAnswer } from "@/lib/policies/view";
import type { SimulateAnswer } from "@/lib/requests/view";
import { KeepScenario } from "./keep-scenario";
import { Pick } from "./pick";
import { SignalsForm } from "./signals-form";
import { SimulationResult } from "./simulation-result";

interface Props {
  given: RequestSignals;
  /** The number of the request that it was taken from; null where it was put together by hand. */
  past: number | null;
  version: number;
  versions: readonly { id: string; words: string }[];
  choices: PolicyChoices;
  people: Requesters;
  drafts: readonly DraftChoice[];
  actions: {
    simulate: (wanted: object) => Promise<SimulateAnswer>;
    keep: (wanted: object) => Promise<SaveAnswer>;
  };
}

const unanswered = {
  ok: false,
  what: "Glimpse did not answer.",
  next: "Nothing was changed. Try again.",
} as const;

/** A request that is put together by hand, the version that is asked about it, and what that says. */
export function Simulator({ past, versions, choices, people, drafts, actions, ...start }: Props) {
  const [given, setGiven] = useState(start.given);
  const [number, setNumber] = useState(String(start.version));
  const [requesterId, setRequesterId] = useState("");
  const [asked, setAsked] = useState<{ answer: SimulateAnswer; given: RequestSignals } | null>(null);
  const [pending, begin] = useTransition();
  const ask = () =>
    begin(async () => {
      const wanted = {
        number,
        given,
        requesterId: requesterId || null,
        tableId: tableOf(choices, given)?.id ?? null,
      };
      const answer = await actions.simulate(wanted).catch(() => unanswered);
      setAsked({ answer, given });
    });
  const become = (id: string) => {
    setRequesterId(id);
    const found = people.find((person) => person.id === id);
    if (found) setGiven({ ...given, requester: { roles: [...found.roles], groups: [...found.groups] } });
  };
  return (
    <>
      <section aria-label="The request" className="grid min-w-0 gap-4 rounded-md border bg-surface p-4">
        <div className="flex flex-wrap gap-3">
          <Pick label="Ask which version" value={number} choices={versions} onChange={setNumber} />
          <Pick
            label="Who asks"
            value={requesterId}
            choices={[
              { id: "", words: "nobody in particular" },
              ...people.map(({ id, name }) => ({ id, words: name })),
            ]}
            onChange={become}
          />
        </div>
        <SignalsForm given={given} choices={choices} onChange={setGiven} />
        <Button
          variant="primary"
          icon={FlaskConical}
          className="justify-self-start"
          onClick={ask}
          {...(pending ? { reason: "It is being asked." } : {})}
        >
          Simulate
        </Button>
      </section>
      <div aria-live="polite" className="grid min-w-0 gap-4">
        {asked && !asked.answer.ok && (
          <Message tone="error" title={asked.answer.what}>
            {asked.answer.next}
          </Message>
        )}
        {asked?.answer.ok && (
          <>
            {asked.given !== given && (
              <p className="text-sm text-ink-muted">
                The request was changed since; this is what was said of it before.
              </p>
            )}
            <SimulationResult result={asked.answer.output} choices={choices} />
            <KeepScenario
              key={`${asked.answer.output.outcome.kind} ${JSON.stringify(asked.given)}`}
              given={asked.given}
              result={asked.answer.output}
              name={past === null ? "" : `Like request ${past}`}
              drafts={drafts}
              keep={actions.keep}
            />
          </>
        )}
      </div>
    </>
  );
}

function tableOf({ tables }: PolicyChoices, { table }: RequestSignals) {
  return tables.find(
    ({ source, schema, name }) => source === table.source && schema === table.schema && name === table.name,
  );
}
