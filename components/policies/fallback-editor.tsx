import { ArrowUp, Plus } from "lucide";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { Policy, PolicyChoices } from "@/lib/policies/view";
import { NumberField } from "./number-field";
import { percentWords, seatWords, type Names } from "./policy-words";
import { SeatEditor } from "./seat-editor";

type Fallback = Policy["fallback"];

interface Props {
  fallback: Fallback;
  reviewShare: number;
  choices: PolicyChoices;
  error: string | undefined;
  onChange: (change: { fallback: Fallback } | { reviewShare: number }) => void;
}

/** Who steps in for a step that nobody can fill, the first who is there, and how much people look at afterwards. */
export function FallbackEditor({ fallback, reviewShare, choices, error, onChange }: Props) {
  const put = (next: Fallback) => onChange({ fallback: next });
  const first = fallback[0];
  return (
    <details className="rounded-md border bg-surface p-4">
      <summary className="disclosure text-sm">
        <span className="font-medium">Who steps in: </span>
        <span className="text-ink-muted">
          {first ? seatWords(first, 1, namesOf(choices)) : "nobody"}
          {fallback.length > 1 && ", then others"}; of what opens at once, {percentWords(reviewShare)} looked
          at afterwards
        </span>
      </summary>
      <div className="mt-3 grid gap-3">
        <p className="text-sm text-ink-muted">
          In place of a step that nobody can fill, the first of these who is there.
        </p>
        <ol aria-label="Who steps in, in this order" className="grid gap-2">
          {fallback.map((who, at) => (
            <li key={at} className="flex flex-wrap items-center gap-2">
              <SeatEditor
                label={`Stepping in ${at + 1}`}
                alternative={{ who, count: 1 }}
                countIsOne
                choices={choices}
                onChange={({ who: next }) => {
                  if (next.kind !== "policy-admins") put(fallback.with(at, next));
                }}
                {...(fallback.length > 1 ? { onRemove: () => put(fallback.toSpliced(at, 1)) } : {})}
              />
              {at > 0 && (
                <IconButton
                  icon={ArrowUp}
                  label={`Move stepping in ${at + 1} up`}
                  onClick={() => put(fallback.toSpliced(at, 1).toSpliced(at - 1, 0, who))}
                />
              )}
            </li>
          ))}
        </ol>
        {error !== undefined && <p className="text-xs text-danger">{error}</p>}
        {fallback.length < 5 && (
          <Button
            size="sm"
            icon={Plus}
            className="justify-self-start"
            onClick={() => put([...fallback, { kind: "approvers" }])}
          >
            Add somebody who steps in
          </Button>
        )}
        <NumberField
          label="Looked at afterwards, in a hundred"
          max={100}
          value={Number((reviewShare * 100).toFixed(6))}
          onChange={(percent) => onChange({ reviewShare: (percent ?? 0) / 100 })}
        />
      </div>
    </details>
  );
}

const namesOf = ({ groups, approvers }: PolicyChoices): Names =>
  Object.fromEntries([...groups, ...approvers].map(({ id, name }) => [id, name]));
