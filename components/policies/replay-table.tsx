"use client";

import { History } from "lucide";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Message } from "@/components/ui/message";
import { Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { ReplayAnswer, ReplayResult } from "@/lib/policies/view";
import { watchedWords } from "./policy-words";

interface Props {
  number: number;
  replay: (wanted: { number: number }) => Promise<ReplayAnswer>;
}

const unanswered = {
  ok: false,
  what: "Glimpse did not answer.",
  next: "Nothing was changed. Try again.",
} as const;

/** Asks a version about every request of the past: what it would have done otherwise. */
export function ReplayTable({ number, replay }: Props) {
  const [answer, setAnswer] = useState<ReplayAnswer | null>(null);
  const [pending, start] = useTransition();
  const ask = () => start(async () => setAnswer(await replay({ number }).catch(() => unanswered)));
  return (
    <section aria-labelledby="replay" className="flex flex-col gap-3">
      <h2 id="replay" className="text-lg font-semibold">
        What it would have done
      </h2>
      <p className="max-w-prose text-sm text-ink-muted">
        Asks the saved rules about every request of the past, from what was known when each was sent. It reads
        no reason and no value, and is on record.
      </p>
      <Button
        icon={History}
        className="self-start"
        onClick={ask}
        {...(pending ? { reason: "The requests are being asked about." } : {})}
      >
        Replay past requests
      </Button>
      <div aria-live="polite" className="flex flex-col gap-3">
        {answer && !answer.ok && (
          <Message tone="error" title={answer.what}>
            {answer.next}
          </Message>
        )}
        {answer?.ok && <Result result={answer.output} version={number} />}
      </div>
    </section>
  );
}

function Result({ result, version }: { result: ReplayResult; version: number }) {
  const said = (count: number, noun: string) =>
    `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
  if (result.changed === 0)
    return (
      <>
        <p className="text-sm">
          {said(result.requests, "request")} asked about; none would have gone otherwise.
        </p>
        <Watched watched={result.watched} />
      </>
    );
  return (
    <>
      <p className="text-sm">
        {said(result.changed, "request")} of {result.requests.toLocaleString("en-US")} would have gone
        otherwise, of {said(result.people, "requester")} about {said(result.records, "record")}. Waiting
        saved: {said(Math.round(result.savedSeconds / 60), "minute")}.
      </p>
      <Table label="What would have gone otherwise">
        <thead>
          <tr>
            <th scope="col">It was</th>
            <th scope="col">It would be</th>
            <th scope="col" data-align="end">
              Requests
            </th>
            <th scope="col">Some of them</th>
          </tr>
        </thead>
        <tbody>
          {result.rows.map(({ from, to, requests, numbers }) => (
            <tr key={`${from} ${to}`}>
              <td>{from}</td>
              <td>{to}</td>
              <td data-align="end">{requests.toLocaleString("en-US")}</td>
              <td>
                <span className="flex flex-wrap gap-x-2">
                  {numbers.slice(0, 8).map((number) => (
                    <TextLink
                      key={number}
                      aria-label={`Simulate request ${number}`}
                      href={`/policies/simulator?version=${version}&request=${number}`}
                    >
                      {number}
                    </TextLink>
                  ))}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <Watched watched={result.watched} />
    </>
  );
}

function Watched({ watched }: { watched: ReplayResult["watched"] }) {
  if (watched.length === 0) return null;
  return (
    <ul aria-label="Rules that only watch" className="list-disc pl-5 text-sm">
      {watched.map((one) => (
        <li key={one.rule}>
          “{one.rule}” only watches: {watchedWords([one])}
        </li>
      ))}
    </ul>
  );
}
