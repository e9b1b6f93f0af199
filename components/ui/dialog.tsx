"use client";

import { X } from "lucide";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { Button } from "./button";
import { IconButton } from "./icon-button";

interface Props {
  open: boolean;
  /** Called when the person closes it; the parent then sets `open` to false. */
  onClose: () => void;
  title: ReactNode;
  description?: ReactNode;
  /** Stays at the bottom: the buttons. */
  footer?: ReactNode;
  children?: ReactNode;
}

/** A sheet from the right for work of several fields. What was typed is not lost by a stray click or Esc. */
export function Sheet({ wide = false, ...props }: Props & { wide?: boolean }) {
  return <Modal kind="sheet" wide={wide} {...props} />;
}

/** A small dialog in the middle, for one decision. */
export function Dialog(props: Props) {
  return <Modal kind="dialog" wide={false} {...props} />;
}

function Modal({
  kind,
  wide,
  open,
  onClose,
  title,
  description,
  footer,
  children,
}: Props & { kind: "sheet" | "dialog"; wide: boolean }) {
  const box = useRef<HTMLDialogElement>(null);
  const typed = useRef(false);
  const [asking, setAsking] = useState(false);
  const id = useId();

  useEffect(() => {
    const dialog = box.current;
    if (!dialog) return;
    if (open && !dialog.open) {
      typed.current = false;
      setAsking(false);
      dialog.showModal();
      firstStop(dialog).focus();
    }
    if (!open && dialog.open) dialog.close();
  }, [open]);

  const leave = () => (typed.current ? setAsking(true) : onClose());
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the backdrop is the dialog itself
    <dialog
      ref={box}
      className={kind}
      tabIndex={-1}
      data-wide={wide}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onInput={() => (typed.current = true)}
      onReset={(event) => {
        if (!event.defaultPrevented) typed.current = false;
      }}
      onCancel={(event) => {
        if (event.target !== box.current) return;
        event.preventDefault();
        leave();
      }}
      onClose={(event) => event.target === box.current && open && onClose()}
      onMouseDown={(event) => event.target === box.current && leave()}
    >
      <div className={kind === "sheet" ? "flex h-full flex-col" : "flex max-h-[inherit] flex-col"}>
        <header className="flex items-start gap-3 border-b px-5 py-3">
          <div className="min-w-0 flex-1">
            <h2 id={`${id}-title`} className="text-lg font-semibold">
              {title}
            </h2>
            {description && (
              <p id={`${id}-description`} className="text-sm text-ink-muted">
                {description}
              </p>
            )}
          </div>
          <IconButton icon={X} label="Close" size="sm" className="-mr-2" onClick={leave} />
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-4">{children}</div>
        {asking ? (
          <Discard onKeep={() => setAsking(false)} onDiscard={onClose} />
        ) : (
          footer && <footer className="flex flex-wrap items-center gap-2 border-t px-5 py-3">{footer}</footer>
        )}
      </div>
    </dialog>
  );
}

/** The first field; the dialog itself where there is none, or where focus would open a touch keyboard. */
function firstStop(dialog: HTMLDialogElement): HTMLElement {
  const fields = ":is(input, textarea, select):not([type=hidden], :disabled)";
  return (matchMedia("(pointer: fine)").matches && dialog.querySelector<HTMLElement>(fields)) || dialog;
}

function Discard({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  return (
    <div
      role="alertdialog"
      aria-label="Close without sending"
      className="flex flex-wrap items-center gap-2 border-t bg-sunken px-5 py-3"
    >
      <p className="mr-auto text-sm">Close and lose what you wrote?</p>
      <Button ref={(button) => button?.focus()} onClick={onKeep}>
        Keep writing
      </Button>
      <Button variant="danger" onClick={onDiscard}>
        Close
      </Button>
    </div>
  );
}
