import type { Policy, PolicyChoices } from "@/lib/policies/view";
import { CheckList } from "./check-list";
import { NumberField } from "./number-field";
import { dayNames, riskLabels, type Risk, type WeightKey } from "./risk-words";
import { TierEditor } from "./tier-editor";

interface Props {
  risk: Risk;
  purposes: PolicyChoices["purposes"];
  onChange: (risk: Risk) => void;
}

/** How risk is weighed: points by what is asked, by whom, how often, when and what for, and where medium and high begin. */
export function RiskEditor({ risk, purposes, onChange }: Props) {
  const put = (part: Partial<Risk>) => onChange({ ...risk, ...part });
  return (
    <details className="rounded-md border bg-surface p-4">
      <summary className="disclosure text-sm">
        <span className="font-medium">Risk: </span>
        <span className="text-ink-muted">
          medium from {risk.grades.medium} points, high from {risk.grades.high}
        </span>
      </summary>
      <div className="mt-3 grid gap-4">
        <Grades risk={risk} put={put} />
        <div className="flex flex-wrap gap-3">
          {(Object.keys(riskLabels) as WeightKey[]).map((key) => (
            <Points
              key={key}
              label={riskLabels[key]}
              value={risk[key]}
              onChange={(points) => put({ [key]: points })}
            />
          ))}
        </div>
        <TierEditor
          legend="By number of records"
          noun="records"
          tiers={risk.records}
          onChange={(records) => put({ records })}
        />
        <TierEditor
          legend="By distinct records seen in 7 days"
          noun="records seen"
          tiers={risk.subjectsSeen}
          onChange={(subjectsSeen) => put({ subjectsSeen })}
        />
        <PurposePoints risk={risk} purposes={purposes} put={put} />
        <Hours risk={risk} put={put} />
      </div>
    </details>
  );
}

type Part = { risk: Risk; put: (part: Partial<Risk>) => void };

function Grades({ risk: { grades, sensitivity }, put }: Part) {
  return (
    <div className="flex flex-wrap gap-3">
      <Points
        label="Medium from"
        value={grades.medium}
        onChange={(medium) => put({ grades: { ...grades, medium } })}
      />
      <Points
        label="High from"
        value={grades.high}
        onChange={(high) => put({ grades: { ...grades, high } })}
      />
      {sensitivity.map((value, at) => (
        <Points
          key={at}
          label={`Sensitivity ${at + 1}`}
          value={value}
          onChange={(next) => put({ sensitivity: sensitivity.with(at, next) as Risk["sensitivity"] })}
        />
      ))}
    </div>
  );
}

/** A purpose with no points adds none; it is left out, as one that was never named. */
function PurposePoints({ risk, purposes, put }: Part & { purposes: PolicyChoices["purposes"] }) {
  const gone = Object.keys(risk.purposes).filter((id) => !purposes.some((one) => one.id === id));
  const all = [...purposes, ...gone.map((id) => ({ id, words: id }))];
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">By purpose</legend>
      <div className="flex flex-wrap gap-3">
        {all.map(({ id, words }) => (
          <Points
            key={id}
            label={words}
            value={risk.purposes[id] ?? 0}
            onChange={(points) => {
              const { [id]: _, ...others } = risk.purposes;
              put({ purposes: points === 0 ? others : { ...others, [id]: points } });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Hours({ risk: { hours }, put }: Part) {
  const change = (part: Partial<Policy["risk"]["hours"]>) => put({ hours: { ...hours, ...part } });
  return (
    <div className="flex flex-wrap items-end gap-3">
      <NumberField
        label="Working hours from"
        max={23}
        value={hours.from}
        onChange={(from) => change({ from: from ?? 0 })}
      />
      <NumberField
        label="Working hours until"
        min={1}
        max={24}
        value={hours.to}
        onChange={(to) => change({ to: to ?? 24 })}
      />
      <CheckList
        legend="On these days"
        chosen={hours.days.map(String)}
        choices={dayNames.map((name, at) => ({ id: String(at + 1), name }))}
        onChange={(days) => change({ days: days.map(Number).toSorted((one, other) => one - other) })}
      />
    </div>
  );
}

function Points(props: { label: string; value: number; onChange: (value: number) => void }) {
  return <NumberField {...props} max={1000} onChange={(value) => props.onChange(value ?? 0)} />;
}
