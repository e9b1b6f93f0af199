import type { ComponentProps } from "react";
import { cx } from "./cx";
import { SoftLink } from "./soft-link";

/** A link inside text. Fetches nothing before it is clicked. */
export function TextLink({ className, ...rest }: ComponentProps<"a">) {
  return (
    <SoftLink
      className={cx(
        "rounded-sm text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent",
        className,
      )}
      {...rest}
    />
  );
}
