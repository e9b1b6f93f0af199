import type { ReactNode } from "react";
import { cx } from "./cx";

/** Names and values in two columns, one above the other where it is narrow. */
export function DescriptionList({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cx("description", className)}>{children}</dl>;
}

/** One name with its value. */
export function Described({ term, children }: { term: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}
