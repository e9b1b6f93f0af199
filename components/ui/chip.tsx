import { X } from "lucide";
import type { ReactNode } from "react";
import { Icon } from "./icon";
import { SoftLink } from "./soft-link";

interface Props {
  children: ReactNode;
  /** "Remove the filter country is DE". */
  removeLabel: string;
  /** Removing by a link: the address without this chip. */
  removeHref?: string;
  /** Removing by a script. */
  onRemove?: () => void;
}

const cross = "grid size-6 place-items-center rounded-sm text-ink-muted hover:bg-hover hover:text-ink";

/** A chosen thing in words that can be taken away: a filter, a field. */
export function Chip({ children, removeLabel, removeHref, onRemove }: Props) {
  return (
    <span className="inline-flex h-7 max-w-full items-center rounded-md border border-line-strong/60 bg-surface pl-2 text-sm">
      <span className="truncate">{children}</span>
      {removeHref !== undefined && (
        <SoftLink href={removeHref} aria-label={removeLabel} data-tip={removeLabel} className={cross}>
          <Icon of={X} aria-hidden size={14} />
        </SoftLink>
      )}
      {onRemove && (
        <button
          type="button"
          aria-label={removeLabel}
          data-tip={removeLabel}
          className={cross}
          onClick={onRemove}
        >
          <Icon of={X} aria-hidden size={14} />
        </button>
      )}
    </span>
  );
}
