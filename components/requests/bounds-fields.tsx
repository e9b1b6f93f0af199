import { useId } from "react";
import { Presets } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { durationText } from "@/components/ui/time-text";
import type { RequestChoices } from "@/lib/requests/view";
import type { DraftForm } from "./use-draft";

interface Props {
  form: DraftForm;
  choices: RequestChoices;
}

const session = "session";

/** For how long, from when on and how often the values may be viewed. */
export function BoundsFields({ form, choices }: Props) {
  const { draft, preview, change } = form;
  const id = useId();
  const choose = (value: string) =>
    value === session
      ? change({ withSession: true, viewSeconds: Math.max(...choices.viewPresets) })
      : change({ withSession: false, viewSeconds: Number(value) });
  return (
    <>
      <div>
        <Presets
          legend="Time to look"
          name={`${id}-view`}
          value={draft.withSession ? session : String(Math.min(draft.viewSeconds, choices.longestSeconds))}
          onChange={(event) => choose(event.target.value)}
          choices={[
            ...choices.viewPresets
              .filter((seconds) => seconds <= choices.longestSeconds)
              .map((seconds) => ({ value: String(seconds), label: durationText(seconds) })),
            { value: session, label: "Rest of the session" },
          ]}
        />
        <p className="mt-1 text-xs text-ink-muted">
          {draft.withSession
            ? `Ends when you sign out or your session is over, after ${durationText(choices.longestSeconds)} at the latest.`
            : (preview?.capped ?? longestWords(choices))}
        </p>
      </div>
      <details>
        <summary className="disclosure text-sm font-medium">Later, or only so often</summary>
        <div className="mt-3 flex flex-wrap gap-x-8 gap-y-4">
          <StartField form={form} choices={choices} id={`${id}-start`} />
          <ViewsField form={form} choices={choices} id={`${id}-views`} />
        </div>
      </details>
    </>
  );
}

/** A moment as a clock on the wall shows it where the person is; the server reads it there too. */
function StartField({ form, choices: { start }, id }: Props & { id: string }) {
  const { draft, preview, errors, change } = form;
  return (
    <Field
      id={id}
      label="Not before"
      optional
      error={errors["notBefore"] ?? preview?.startComplaint ?? undefined}
      help={`Your time, ${start.timeZone}. You have four hours from then to open it.`}
    >
      {(wired) => (
        <Input
          {...wired}
          type="datetime-local"
          className="w-56"
          min={start.earliest}
          max={start.latest}
          value={draft.notBefore ?? ""}
          onChange={(event) => change({ notBefore: event.target.value || undefined })}
        />
      )}
    </Field>
  );
}

function ViewsField({ form, choices, id }: Props & { id: string }) {
  const { draft, errors, change } = form;
  return (
    <Field
      id={id}
      label="Views"
      optional
      error={errors["maxViews"]}
      help="Each time that you reveal counts; after the last it is refused."
    >
      {(wired) => (
        <Input
          {...wired}
          type="number"
          className="w-24"
          min={1}
          max={choices.mostViews}
          value={draft.maxViews ?? ""}
          onChange={(event) =>
            change({ maxViews: event.target.value === "" ? undefined : Number(event.target.value) })
          }
        />
      )}
    </Field>
  );
}

function longestWords({ longestSeconds, viewPresets }: RequestChoices): string {
  const less = viewPresets.some((seconds) => seconds > longestSeconds);
  const limit = less ? ` These fields open for at most ${durationText(longestSeconds)}.` : "";
  return `Counted from the moment you open it.${limit}`;
}
