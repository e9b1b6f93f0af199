import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

export interface Choice {
  value: string;
  label: ReactNode;
  help?: ReactNode;
  /** Why this one cannot be chosen. */
  reason?: string;
}

interface Props extends Omit<ComponentProps<"input">, "type" | "value" | "defaultValue" | "id"> {
  legend: ReactNode;
  hideLegend?: boolean;
  name: string;
  choices: readonly Choice[];
  defaultValue?: string;
  /** Set together with `onChange` for a controlled choice. */
  value?: string;
}

function chosen(choice: Choice, value: string | undefined, defaultValue: string | undefined) {
  return value === undefined
    ? { defaultChecked: choice.value === defaultValue }
    : { checked: choice.value === value };
}

/** One short answer of a few, as joined segments: times, levels, densities. */
export function Presets({ legend, hideLegend, choices, defaultValue, value, className, ...rest }: Props) {
  return (
    <fieldset className={cx("flex flex-col gap-1", className)}>
      <legend className={hideLegend ? "sr-only" : "mb-1 text-sm font-medium"}>{legend}</legend>
      <div className="segments">
        {choices.map((choice) => (
          <label key={choice.value}>
            <input
              type="radio"
              value={choice.value}
              disabled={choice.reason !== undefined}
              {...chosen(choice, value, defaultValue)}
              {...rest}
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
      {choices.map(
        ({ value: key, label, reason }) =>
          reason && (
            <p key={key} className="text-xs text-ink-muted">
              {label}: {reason}
            </p>
          ),
      )}
    </fieldset>
  );
}
