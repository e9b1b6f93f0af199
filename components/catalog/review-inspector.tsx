import { ArrowUpRight } from "lucide";
import type { Ref } from "react";
import { JsonPaths } from "@/components/catalog/json-paths";
import { MaskedSample } from "@/components/catalog/mask-sample";
import { classOf, masksOf, type Choice } from "@/components/catalog/review-choice";
import type { SampleLookup } from "@/components/catalog/use-samples";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { Message } from "@/components/ui/message";
import { Sensitivity } from "@/components/ui/sensitivity";
import type { ClassChoice, MaskChoice, ReviewColumn, TableReview } from "@/lib/catalog/view";

interface Props {
  review: TableReview;
  column: ReviewColumn;
  choice: Choice;
  samples: SampleLookup;
  confirmable: boolean;
  busy: boolean;
  classSelect: Ref<HTMLSelectElement>;
  onClass: (classId: string) => void;
  onMask: (maskKey: string) => void;
  onConfirm: () => void;
  onReopen: () => void;
}

/** One column: what it seems to hold and why, its class, and every mask with a sample of its output beside it. */
export function ReviewInspector(props: Props) {
  const { review, column, choice, confirmable, busy, onConfirm, onReopen } = props;
  const chosen = classOf(review, choice.classId);
  const isConfirmed = column.state === "confirmed" && column.group !== "changed";
  return (
    <section aria-label={`Column ${column.name}`} className="review-inspector">
      <div className="min-h-0 flex-1 overflow-y-auto px-4 py-3">
        <Facts column={column} />
        <ClassField {...props} chosen={chosen} />
        <Masks {...props} />
        <JsonPaths paths={props.samples.pathsOf(column.id)} maskKey={choice.maskKey} onMask={props.onMask} />
        <Warnings
          column={column}
          chosen={chosen}
          maskKey={choice.maskKey}
          weakness={
            choice.maskKey === null
              ? null
              : (props.samples.of(column.id, choice.classId, choice.maskKey)?.weakness ?? null)
          }
        />
      </div>
      <footer className="flex items-center gap-2 border-t px-4 py-2.5">
        <Button
          variant="primary"
          disabled={busy}
          onClick={onConfirm}
          {...(confirmable ? {} : { reason: whyNot(column, choice) })}
        >
          {isConfirmed && confirmable ? "Confirm the change" : "Confirm"}
        </Button>
        {isConfirmed && (
          <Button disabled={busy} onClick={onReopen}>
            Reopen
          </Button>
        )}
        <span className="ml-auto hidden text-xs text-ink-muted sm:block">
          {confirmable ? <Kbd>Enter</Kbd> : isConfirmed ? "Confirmed" : null}
        </span>
      </footer>
    </section>
  );
}

function whyNot(column: ReviewColumn, choice: Choice): string {
  if (column.group === "gone") return "It is no longer in the source.";
  return choice.maskKey === null ? "Choose how it shows first." : "It is confirmed like this already.";
}

function Facts({ column }: { column: ReviewColumn }) {
  const facts = [
    column.type,
    column.isKey ? "key" : "",
    column.generated ? "generated" : "",
    column.nullable ? "may be null" : "",
  ];
  return (
    <div className="mb-3">
      <h2 className="font-mono text-base font-semibold break-all">{column.name}</h2>
      <p className="text-xs text-ink-muted">
        {facts.filter(Boolean).join(" · ")}
        {column.refersTo !== null && (
          <>
            {" · "}
            <Icon of={ArrowUpRight} aria-hidden size={12} className="inline" /> refers to{" "}
            <code>{column.refersTo}</code>
          </>
        )}
      </p>
      {column.comment !== null && (
        <p className="mt-1.5 border-l-2 pl-2 text-sm text-ink-muted">{column.comment}</p>
      )}
      <p className="mt-1.5 text-sm">
        {column.proposed.why}{" "}
        <span className="whitespace-nowrap text-ink-muted">{column.proposed.percent} % sure.</span>
      </p>
    </div>
  );
}

const groupNames: Record<string, string> = {
  identity: "Identity",
  contact: "Contact",
  money: "Money",
  health: "Health",
  access: "Access",
  other: "Other",
};

function ClassField({
  review,
  choice,
  chosen,
  classSelect,
  onClass,
}: Props & { chosen: ClassChoice | undefined }) {
  const groups = [...new Set(review.classes.map(({ group }) => group))].filter((group) => group !== "none");
  return (
    <Field id="review-class" label="Holds" help={chosen && <ClassFacts chosen={chosen} />}>
      {(wired) => (
        <Select
          {...wired}
          ref={classSelect}
          value={choice.classId}
          onChange={(event) => onClass(event.target.value)}
        >
          <option value="none">Nothing sensitive</option>
          {groups.map((group) => (
            <optgroup key={group} label={groupNames[group] ?? group}>
              {review.classes
                .filter((one) => one.group === group)
                .map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
            </optgroup>
          ))}
        </Select>
      )}
    </Field>
  );
}

function ClassFacts({ chosen }: { chosen: ClassChoice }) {
  if (chosen.sensitivity === 0) return "It says nothing about a person that would need protection.";
  const opens =
    chosen.maxRevealMinutes === 0
      ? "never opens, for nobody"
      : `opens for at most ${chosen.maxRevealMinutes} minutes, with a grant`;
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Sensitivity level={chosen.sensitivity} showName />
      {chosen.regulations.length > 0 && <span>{chosen.regulations.join(", ")}</span>}
      <span>{opens}</span>
    </span>
  );
}

function Masks({ review, column, choice, samples, onMask }: Props) {
  return (
    <fieldset className="mt-4 min-w-0">
      <legend className="mb-1 text-sm font-medium">Shows as</legend>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {masksOf(review, column, choice).map((mask) => (
          <MaskOption
            key={mask.key}
            mask={mask}
            chosen={mask.key === choice.maskKey}
            onChoose={() => onMask(mask.key)}
          >
            <MaskedSample
              maskKey={mask.key}
              sample={samples.of(column.id, choice.classId, mask.key)}
              most={mask.key.startsWith("pseudonym") ? 1 : 2}
              readable={column.readable}
            />
          </MaskOption>
        ))}
      </div>
      {samples.failed !== null && <p className="mt-2 text-xs text-ink-muted">No samples: {samples.failed}</p>}
    </fieldset>
  );
}

interface OptionProps {
  mask: MaskChoice;
  chosen: boolean;
  onChoose: () => void;
  children: React.ReactNode;
}

function MaskOption({ mask, chosen, onChoose, children }: OptionProps) {
  return (
    <label className="radio-card items-start gap-2 px-2.5 py-1.5" data-tip={chosen ? undefined : mask.says}>
      <input type="radio" name="review-mask" className="radio mt-0.5" checked={chosen} onChange={onChoose} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-3">
          <span className="text-sm font-medium whitespace-nowrap">{mask.name}</span>
          <span className="ml-auto flex min-w-0 justify-end text-xs">{children}</span>
        </span>
        {chosen && (
          <span className="mt-0.5 block text-xs text-ink-muted">
            {mask.says}
            {mask.cost !== null && ` Reading costs ${mask.cost}.`}
          </span>
        )}
      </span>
      <span className="hidden md:inline">
        <Kbd>{mask.letter}</Kbd>
      </span>
    </label>
  );
}

function Warnings({
  column,
  chosen,
  maskKey,
  weakness,
}: {
  column: ReviewColumn;
  chosen: ClassChoice | undefined;
  maskKey: string | null;
  weakness: string | null;
}) {
  const isConfirmed = column.state === "confirmed" && column.group !== "changed";
  return (
    <div className="mt-3 grid gap-2 empty:hidden">
      {column.group === "changed" && (
        <Message title="It changed in the source since it was confirmed.">
          Hidden until you confirm it again.
        </Message>
      )}
      {maskKey === "clear" && (chosen?.sensitivity ?? 0) >= 3 && (
        <Message tone="error" title="Everybody who browses will see these values.">
          {chosen?.title} is a class of high sensitivity.
        </Message>
      )}
      {weakness !== null && <Message title={weakness} />}
      {isConfirmed && chosen && chosen.id !== column.classId && (
        <Message title="Another class ends the live grants on this column." />
      )}
    </div>
  );
}
