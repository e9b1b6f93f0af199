import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

type Props = Omit<ComponentProps<"input">, "type" | "children"> & {
  label: ReactNode;
  help?: ReactNode;
  hideLabel?: boolean;
};

/** A native checkbox with its label; `hideLabel` keeps the label for assistive technology only. */
export function Checkbox({ label, help, hideLabel, className, ...rest }: Props) {
  return (
    <label className={cx("inline-flex min-h-6 items-start gap-2 text-base", className)}>
      <input type="checkbox" className="check mt-0.5" {...rest} />
      <span className={hideLabel ? "sr-only" : undefined}>
        {label}
        {help && <span className="block text-xs text-ink-muted">{help}</span>}
      </span>
    </label>
  );
}
