import type { ReactNode } from "react";
import { cx } from "./cx";

interface Props {
  /** Names the scrolling region for assistive technology. */
  label: string;
  /** Columns that stay while the rest scrolls: 1 = the first; 2 = a selection column and the one after it. */
  sticky?: 1 | 2;
  /** Cells hold values of records: mono type. */
  values?: boolean;
  /** Takes all the height that its flex container has left. */
  fill?: boolean;
  className?: string;
  /** `<thead>` and `<tbody>`; rows are 32 px, cells are bare. */
  children: ReactNode;
}

/** A dense table with a sticky header in a region that scrolls both ways and can be scrolled by keyboard. */
export function Table({ label, sticky, values, fill, className, children }: Props) {
  return (
    <section
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cx("table-scroll", fill && "min-h-0 flex-1", className)}
    >
      <table className={cx("data", values && "data-values")} data-sticky={sticky}>
        {children}
      </table>
    </section>
  );
}
