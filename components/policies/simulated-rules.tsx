import { Badge, type BadgeTone } from "@/components/ui/badge";
import type { ConditionPart, SimulatedRule } from "@/lib/policies/view";
import { classTitle, type Titles } from "./class-titles";
import { menuVariables } from "./menu-words";
import { classVariable } from "./menus";
import { whenWords } from "./policy-words";

const answers: Record<SimulatedRule["answer"], { tone: BadgeTone; word: string }> = {
  matches: { tone: "ok", word: "Matches" },
  no: { tone: "muted", word: "Does not match" },
  missing: { tone: "danger", word: "A signal is missing" },
  error: { tone: "danger", word: "Fails" },
  "not-asked": { tone: "muted", word: "Not asked: an earlier rule decides" },
};

/** Each rule in its order with what it said, and which part of its condition held. */
export function SimulatedRules({ rules, titles }: { rules: readonly SimulatedRule[]; titles: Titles }) {
  return (
    <section aria-labelledby="rule-by-rule" className="grid min-w-0 gap-2">
      <h3 id="rule-by-rule" className="font-medium">
        Rule by rule
      </h3>
      {rules.length === 0 && <p className="text-sm text-ink-muted">It has no rules: the manager decides.</p>}
      <ol aria-label="What each rule says" className="divide-y rounded-md border bg-surface">
        {rules.map(({ rule, answer, shadow, why }, at) => (
          <li key={rule} className="grid min-w-0 gap-2 px-4 py-3">
            <div className="flex flex-wrap items-center gap-2">
              <span className="text-sm text-ink-faint tabular-nums">{at + 1}</span>
              <span className="font-medium">{rule}</span>
              <Badge tone={answers[answer].tone}>{answers[answer].word}</Badge>
              {shadow && <Badge tone="muted">Only watches</Badge>}
            </div>
            {(answer === "missing" || answer === "error") && (
              <p className="text-sm text-ink-muted">
                It opens nothing more than a match would: what it demands is added to what decides.
              </p>
            )}
            <Part part={why} titles={titles} />
          </li>
        ))}
      </ol>
    </section>
  );
}

const held: Record<ConditionPart["answer"], { tone: BadgeTone; word: string }> = {
  yes: { tone: "ok", word: "True" },
  no: { tone: "neutral", word: "False" },
  missing: { tone: "danger", word: "Missing" },
  error: { tone: "danger", word: "Fails" },
};

const joined = { all: "All of these", any: "Any of these", not: "Not", choice: "If, then, else", one: "" };

function Part({ part, titles }: { part: ConditionPart; titles: Titles }) {
  const { kind, answer, parts } = part;
  return (
    <div className="grid min-w-0 gap-1 text-sm">
      <p className="flex flex-wrap items-baseline gap-2">
        <Badge tone={held[answer].tone}>{held[answer].word}</Badge>
        {kind === "one" ? <Said part={part} titles={titles} /> : <span>{joined[kind]}</span>}
      </p>
      {parts.length > 0 && (
        <ul className="grid min-w-0 gap-1 border-l pl-4">
          {parts.map((inner, at) => (
            <li key={at} className="min-w-0">
              <Part part={inner} titles={titles} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** One comparison in words, or as its text where the menus cannot say it, and what it looked at. */
function Said({ part: { text, saw }, titles }: { part: ConditionPart; titles: Titles }) {
  const { words, isText } = whenWords(text, titles);
  const looked = saw.map(
    ({ name, value }) =>
      `${menuVariables[name]?.label ?? name}: ${value === null ? "not known" : sawWords(name, value, titles)}`,
  );
  return (
    <>
      {isText ? <code className="min-w-0 break-words">{text}</code> : <span>{words}</span>}
      {looked.length > 0 && <span className="text-ink-muted">({looked.join("; ")})</span>}
    </>
  );
}

function sawWords(name: string, value: string, titles: Titles): string {
  if (name !== classVariable) return value;
  return value
    .split(", ")
    .map((id) => classTitle(id, titles))
    .join(", ");
}
