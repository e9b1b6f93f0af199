"use client";

import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";
import type { Command } from "./command";

const Palette = lazy(() => import("./command-palette"));

interface Props {
  commands: readonly Command[];
  loadCommands?: () => Promise<readonly Command[]>;
  /** What stands on the button, made on the server. */
  children: ReactNode;
}

/** Opens the command palette, by click or Ctrl/Cmd-K; the palette itself is fetched the first time. */
export function PaletteButton({ commands, loadCommands, children }: Props) {
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const show = () => {
    setWanted(true);
    setOpen(true);
  };

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setWanted(true);
      setOpen((before) => !before);
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        className="palette-button"
        onClick={show}
      >
        {children}
      </button>
      {wanted && (
        <Suspense>
          <Palette
            open={open}
            onClose={() => setOpen(false)}
            commands={commands}
            {...(loadCommands ? { loadCommands } : {})}
          />
        </Suspense>
      )}
    </>
  );
}
