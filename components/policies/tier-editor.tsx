import { Plus, X } from "lucide";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { Policy } from "@/lib/policies/view";

type Tiers = Policy["risk"]["records"];

interface Props {
  legend: string;
  noun: string;
  tiers: Tiers;
  onChange: (tiers: Tiers) => void;
}

/** Points in tiers: of all that are exceeded, the one with most points counts. */
export function TierEditor({ legend, noun, tiers, onChange }: Props) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {tiers.length === 0 && <p className="text-sm text-ink-muted">It adds nothing.</p>}
      {tiers.map((tier, at) => {
        const name = `${legend}, tier ${at + 1}`;
        return (
          <div key={at} className="flex flex-wrap items-center gap-2 text-sm">
            Over
            <Input
              type="number"
              min={0}
              max={1_000_000}
              className="w-28"
              aria-label={`${name}: over so many`}
              value={tier.over}
              onChange={(event) => onChange(tiers.with(at, { ...tier, over: Number(event.target.value) }))}
            />
            {noun}:
            <Input
              type="number"
              min={0}
              max={1000}
              className="w-24"
              aria-label={`${name}: points`}
              value={tier.points}
              onChange={(event) => onChange(tiers.with(at, { ...tier, points: Number(event.target.value) }))}
            />
            points
            <IconButton icon={X} label={`Remove ${name}`} onClick={() => onChange(tiers.toSpliced(at, 1))} />
          </div>
        );
      })}
      {tiers.length < 20 && (
        <Button
          size="sm"
          icon={Plus}
          className="justify-self-start"
          onClick={() => onChange([...tiers, { over: (tiers.at(-1)?.over ?? 0) + 1, points: 0 }])}
        >
          Add a tier<span className="sr-only"> {legend.toLowerCase()}</span>
        </Button>
      )}
    </fieldset>
  );
}
