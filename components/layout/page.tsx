import type { ReactNode } from "react";

interface Props {
  /** `text` for reading, `full` for wide lists, `fill` for one table that takes the window and scrolls itself. */
  width?: "text" | "full" | "fill";
  children: ReactNode;
}

/** The space between the frame and what a page shows. */
export function Page({ width = "text", children }: Props) {
  return (
    <div className="page" data-width={width}>
      {children}
    </div>
  );
}
