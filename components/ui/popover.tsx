import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx";

interface Props {
  /** Unique on the page: it ties button and panel. */
  id: string;
  /** The panel's name for assistive technology. */
  label: string;
  /** What the button shows. */
  trigger: ReactNode;
  /** The button's name when `trigger` is not text. */
  triggerLabel?: string;
  triggerClass?: string;
  align?: "start" | "end";
  className?: string;
  children: ReactNode;
}

function Panel({
  id,
  label,
  trigger,
  triggerLabel,
  triggerClass,
  align = "start",
  className,
  children,
}: Props) {
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={triggerLabel}
        data-tip={triggerLabel}
        className={triggerClass}
      >
        {trigger}
      </button>
      <dialog id={id} popover="auto" aria-label={label} data-align={align} className={cx("panel", className)}>
        {children}
      </dialog>
    </>
  );
}

/** A button and a panel that the browser itself opens, closes on Esc and outside clicks, and names as expanded. */
export function Popover({ className, ...props }: Props) {
  return <Panel className={cx("p-3", className)} {...props} />;
}

/** A list of links and buttons under a button; arrow keys, Home and End move through it. */
export function Menu({ className, ...props }: Props) {
  return <Panel className={cx("menu", className)} {...props} />;
}

/** A heading inside a menu. */
export function MenuLabel({ children }: { children: ReactNode }) {
  return <p className="px-2 pt-1.5 pb-1 text-xs text-ink-muted">{children}</p>;
}

/** A line between two groups of a menu. */
export function MenuLine(props: ComponentProps<"hr">) {
  return <hr className="my-1" {...props} />;
}
