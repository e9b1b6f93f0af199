import type { ComponentProps } from "react";

/**
 * A link to another page of ours: a plain one, which one listener in the frame follows without loading the page
 * anew. It fetches nothing before it is clicked, so that nothing audited happens by hovering.
 */
export function SoftLink({ children, ...rest }: ComponentProps<"a">) {
  return (
    <a data-soft {...rest}>
      {children}
    </a>
  );
}
