import type { IconNode } from "lucide";
import type { ComponentProps } from "react";
import { attributesHtml } from "./escape-html";

interface Props extends Omit<ComponentProps<"svg">, "children" | "ref"> {
  /** One of the shapes that `lucide` exports. */
  of: IconNode;
  /** Width and height in px. */
  size?: number;
}

/**
 * An icon of the set, as plain SVG: unlike the set's own React package it is no client component, so that an icon
 * drawn by the server costs no script. Decoration: the name stands beside it or on its button.
 */
export function Icon({ of, size = 24, ...rest }: Props) {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...rest}
      // oxlint-disable-next-line react/no-danger -- shapes of the set, one text instead of five elements
      dangerouslySetInnerHTML={{ __html: shapesHtml(of) }}
    />
  );
}

const drawn = new WeakMap<IconNode, string>();

function shapesHtml(icon: IconNode): string {
  let html = drawn.get(icon);
  if (html === undefined) {
    html = icon.map(([tag, attributes]) => `<${tag}${attributesHtml(attributes)}/>`).join("");
    drawn.set(icon, html);
  }
  return html;
}
