import { Badge } from "@/components/ui/badge";
import type { Policy, WatchedLine } from "@/lib/policies/view";
import type { Titles } from "./class-titles";
import { outcomeWords, termWords, watchedWords, whenWords, type Names, type Rule } from "./policy-words";

const outcomes = {
  auto: { tone: "ok", word: "At once" },
  review: { tone: "accent", word: "People" },
  deny: { tone: "danger", word: "Never" },
} as const;

interface Props {
  policy: Policy;
  names: Names;
  titles: Titles;
  /** What rules that only watch would have done while it counted. */
  watched: readonly WatchedLine[];
}

/** The rules of a policy in their order, each in words. */
export function RuleList({ policy, names, titles, watched }: Props) {
  return (
    <ol aria-label="Rules" className="divide-y rounded-md border bg-surface">
      {policy.rules.map((rule, at) => (
        <RuleLine
          key={rule.name}
          rule={rule}
          at={at}
          names={names}
          titles={titles}
          watched={watched.filter((line) => line.rule === rule.name)}
        />
      ))}
      <li className="px-4 py-3 text-sm text-ink-muted">Where no rule matches, the manager decides.</li>
    </ol>
  );
}

interface LineProps {
  rule: Rule;
  at: number;
  names: Names;
  titles: Titles;
  watched: readonly WatchedLine[];
}

function RuleLine({ rule, at, names, titles, watched }: LineProps) {
  const when = whenWords(rule.when, titles);
  const terms = termWords(rule);
  const { tone, word } = outcomes[rule.outcome.kind];
  return (
    <li className="grid gap-1 px-4 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-sm text-ink-faint tabular-nums">{at + 1}</span>
        <h3 className="font-medium">{rule.name}</h3>
        <Badge tone={tone}>{word}</Badge>
        {rule.shadow && <Badge tone="muted">Only watches</Badge>}
      </div>
      <p className="text-sm">
        <span className="text-ink-muted">When </span>
        {when.isText ? <code className="text-sm break-words">{when.words}</code> : when.words}
      </p>
      <p className="text-sm">{outcomeWords(rule.outcome, names)}</p>
      {rule.shadow && <p className="text-sm">{watchedWords(watched)}</p>}
      {terms.length > 0 && <p className="text-sm text-ink-muted">{terms.join(" · ")}</p>}
    </li>
  );
}
