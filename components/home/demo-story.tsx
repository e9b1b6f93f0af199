import { CircleCheck } from "lucide";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import type { StoryStep } from "@/lib/home/view";

interface Props {
  steps: readonly StoryStep[];
  /** Goes on as another person of the demo, to the page that the form names. */
  become: (form: FormData) => Promise<void>;
}

/** The story of Glimpse as a checklist: who does what next, and a button that goes there as that person. */
export function DemoStory({ steps, become }: Props) {
  const next = steps.findIndex(({ isDone }) => !isDone);
  return (
    <section aria-labelledby="story" className="rounded-md border bg-surface">
      <header className="border-b px-4 py-3">
        <h2 id="story" className="font-semibold">
          {next === -1 ? "The story is played" : "Play the story once through"}
        </h2>
        <p className="text-sm text-ink-muted">
          You can become any of the demo’s people, here or in the menu under your initials.
        </p>
      </header>
      <ol>
        {steps.map((step, index) => (
          <li
            key={step.title}
            aria-current={index === next ? "step" : undefined}
            className="grid grid-cols-[24px_minmax(0,1fr)] items-center gap-x-3 gap-y-2 border-b px-4 py-2.5 last:border-0 sm:grid-cols-[24px_minmax(0,1fr)_auto]"
          >
            <StepMark index={index} isDone={step.isDone} isNext={index === next} />
            <div>
              <p className={cx("font-medium", step.isDone && "text-ink-muted")}>
                {step.title}
                {step.isDone && <span className="sr-only">, done</span>}
              </p>
              <p className="text-sm text-ink-muted">{step.how}</p>
            </div>
            <div className="max-sm:col-start-2">
              <Go step={step} isNext={index === next} become={become} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepMark({ index, isDone, isNext }: { index: number; isDone: boolean; isNext: boolean }) {
  if (isDone) return <Icon of={CircleCheck} aria-hidden size={22} strokeWidth={1.6} className="text-ok" />;
  return (
    <span
      aria-hidden
      className={cx(
        "grid size-[22px] place-items-center rounded-full border text-xs font-medium",
        isNext ? "border-accent text-accent" : "border-line-strong/60 text-ink-faint",
      )}
    >
      {index + 1}
    </span>
  );
}

function Go({ step, isNext, become }: { step: StoryStep; isNext: boolean; become: Props["become"] }) {
  const variant = isNext ? "primary" : "secondary";
  if (step.isMine) {
    return (
      <ButtonLink href={step.href} variant={variant} size="sm">
        Go there
      </ButtonLink>
    );
  }
  return (
    <form action={become}>
      <input type="hidden" name="next" value={step.href} />
      <button name="personId" value={step.personId} className={buttonClass({ variant, size: "sm" })}>
        Go on as {step.person}
      </button>
    </form>
  );
}
