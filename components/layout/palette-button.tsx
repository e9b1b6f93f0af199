"use client";

import { Search } from "lucide";
import { lazy, Suspense, useEffect, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import type { Command } from "./command";

const Palette = lazy(() => import("./command-palette"));

interface Props {
  commands: readonly Command[];
  loadCommands?: () => Promise<readonly Command[]>;
}

/** Opens the command palette, by click or Ctrl/Cmd-K; the palette itself is fetched the first time. */
export function PaletteButton({ commands, loadCommands }: Props) {
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
        <Icon of={Search} aria-hidden size={15} strokeWidth={1.75} />
        <span className="max-md:sr-only">Go to…</span>
        <span aria-hidden className="ml-auto flex gap-0.5 pl-6 max-md:hidden">
          <Kbd>Ctrl</Kbd>
          <Kbd>K</Kbd>
        </span>
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
