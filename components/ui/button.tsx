import type { IconNode } from "lucide";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";
import { Icon } from "./icon";
import { SoftLink } from "./soft-link";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "sm" | "md";

export interface ButtonLook {
  variant?: ButtonVariant | undefined;
  size?: ButtonSize | undefined;
  icon?: IconNode | undefined;
}

/** The classes of a button, for elements that must look like one. */
export function buttonClass({ variant = "secondary", size = "md" }: ButtonLook, more?: string): string {
  return cx("btn", `btn-${variant}`, size === "sm" && "btn-sm", more);
}

/** Icon and label of a button, in that order; the icon is decoration. */
export function ButtonFace({ icon, children }: { icon?: IconNode | undefined; children: ReactNode }) {
  return (
    <>
      {icon && <Icon of={icon} aria-hidden size={15} strokeWidth={1.75} className="-ml-0.5 shrink-0" />}
      {children}
    </>
  );
}

export type ButtonProps = ComponentProps<"button"> & ButtonLook & { reason?: string | undefined };

/** A button. With `reason` it cannot be used, stays reachable by keyboard and says why. */
export function Button({
  variant,
  size,
  icon,
  reason,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  const look = { variant, size };
  if (reason !== undefined) {
    return (
      <button
        type="button"
        aria-disabled="true"
        aria-description={reason}
        data-tip={reason}
        className={buttonClass(look, className)}
      >
        <ButtonFace icon={icon}>{children}</ButtonFace>
      </button>
    );
  }
  return (
    <button type={type} className={buttonClass(look, className)} {...rest}>
      <ButtonFace icon={icon}>{children}</ButtonFace>
    </button>
  );
}

/** A link that looks like a button. Fetches nothing before it is clicked. */
export function ButtonLink({
  variant,
  size,
  icon,
  className,
  children,
  ...rest
}: ComponentProps<"a"> & ButtonLook) {
  return (
    <SoftLink className={buttonClass({ variant, size }, className)} {...rest}>
      <ButtonFace icon={icon}>{children}</ButtonFace>
    </SoftLink>
  );
}
