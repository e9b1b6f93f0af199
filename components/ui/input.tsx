import type { ComponentProps } from "react";
import { cx } from "./cx";

/** A one-line text field. Give it a label with `Field`. */
export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return <input type={type} className={cx("control h-8 px-2.5", className)} {...rest} />;
}

/** A text field of several lines that grows with its text where the browser can. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      rows={rows}
      className={cx("control field-sizing-content min-h-19 px-2.5 py-1.5", className)}
      {...rest}
    />
  );
}

/** A native choice of one from many. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={cx("control select h-8 pr-8 pl-2.5", className)} {...rest} />;
}
