import { RequestSteps } from "@/components/requests/request-steps";
import { RiskBars } from "@/components/requests/risk-bars";
import { Badge } from "@/components/ui/badge";
import { Message } from "@/components/ui/message";
import type { PolicyChoices } from "@/lib/policies/view";
import type { Simulation } from "@/lib/requests/view";
import { classTitles } from "./class-titles";
import { secondsWords } from "./policy-words";
import { outcomes } from "./scenario-form";
import { SimulatedRules } from "./simulated-rules";

interface Props {
  result: Simulation;
  choices: PolicyChoices;
}

/** What a version says of the request: what comes out, by which rule, who decides, at which risk, and rule by rule why. */
export function SimulationResult({ result, choices }: Props) {
  return (
    <section aria-labelledby="said" className="grid min-w-0 gap-4">
      <h2 id="said" className="text-lg font-semibold">
        What version {result.number} says
      </h2>
      <Verdict result={result} choices={choices} />
      <div className="grid gap-6 md:grid-cols-2">
        <RiskBars risk={result.risk} />
        {result.steps === null ? (
          <Message title="Nobody could decide it.">
            Neither its steps nor who steps in has anybody. Such a request is not sent.
          </Message>
        ) : (
          result.steps.length > 0 && <RequestSteps steps={result.steps} />
        )}
      </div>
      <SimulatedRules rules={result.rules} titles={classTitles(choices.classes)} />
    </section>
  );
}

const tones = { auto: "ok", review: "accent", deny: "danger" } as const;

function Verdict({ result, choices }: Props) {
  const { outcome, rule } = result;
  const words = outcomes.find(({ id }) => id === outcome.kind)?.words ?? outcome.kind;
  const terms = termsOf(result, choices);
  return (
    <div className="grid gap-2 rounded-md border bg-surface p-4">
      <p className="flex flex-wrap items-center gap-2">
        <Badge tone={tones[outcome.kind]}>{words}</Badge>
        <span className="text-sm">
          {rule === null ? "No rule matched: the manager decides." : `By the rule “${rule}”.`}
        </span>
      </p>
      {outcome.words !== null && <q className="text-sm wrap-anywhere">{outcome.words}</q>}
      <Lines label="Terms" lines={terms} />
      <Lines label="It would be refused before it is sent" lines={result.lacks} />
      <Lines label="It would be automatic" lines={result.automatic} />
      <Lines
        label="Rules that only watch"
        lines={result.shadow.map(
          ({ rule: name, would }) =>
            `“${name}” would say: ${outcomes.find(({ id }) => id === would)?.words ?? would}`,
        )}
      />
    </div>
  );
}

function Lines({ label, lines }: { label: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="text-sm">
      <p className="font-medium text-ink-muted">{label}</p>
      <ul className="list-disc pl-5">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function termsOf(
  { outcome, viewSeconds, caps, purposes, stepUp, passkey, breakGlass }: Simulation,
  choices: PolicyChoices,
) {
  if (outcome.kind === "deny") return [];
  const allowed = purposes.map((id) => choices.purposes.find((one) => one.id === id)?.words ?? id);
  return [
    `Opens for ${secondsWords(viewSeconds)}`,
    caps.records === undefined ? "" : `At most ${caps.records} records`,
    caps.level === "partial" ? "Parts of values only" : "",
    caps.views === undefined ? "" : `At most ${caps.views} views`,
    allowed.length > 0 ? `Only for: ${allowed.join(", ")}` : "",
    stepUp ? "A fresh password is asked of whoever sends, decides or opens it" : "",
    passkey ? "A passkey is asked of whoever approves or opens it" : "",
    breakGlass ? "An emergency may open it at once" : "",
  ].filter((line) => line !== "");
}
