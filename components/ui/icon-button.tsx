import type { IconNode } from "lucide";
import type { ComponentProps } from "react";
import { buttonClass, type ButtonSize, type ButtonVariant } from "./button";
import { cx } from "./cx";
import { Icon } from "./icon";

type Props = Omit<ComponentProps<"button">, "children"> & {
  icon: IconNode;
  /** The accessible name, also shown as a tip. */
  label: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** A square button with an icon and a name. */
export function IconButton({
  icon,
  label,
  variant = "quiet",
  size = "md",
  className,
  type = "button",
  ...rest
}: Props) {
  return (
    <button
      type={type}
      aria-label={label}
      data-tip={label}
      className={buttonClass({ variant, size }, cx("btn-icon", className))}
      {...rest}
    >
      <Icon of={icon} aria-hidden size={16} strokeWidth={1.75} />
    </button>
  );
}
