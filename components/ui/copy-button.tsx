"use client";

import { Check, Copy } from "lucide";
import { useState } from "react";
import { announce } from "./announce";
import { IconButton } from "./icon-button";

interface Props {
  /** Read only when pressed, so that the text need not stand in the page. */
  text: () => string;
  /** "Copy e-mail". */
  label: string;
  /** Called after the copy succeeded, for example to record it. */
  onCopied?: () => void;
}

/** Copies a text and says so; says also when the browser refused. */
export function CopyButton({ text, label, onCopied }: Props) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setDone(true);
      setTimeout(setDone, 1500, false);
      announce({ text: "Copied", quiet: true });
      onCopied?.();
    } catch {
      announce({ text: "The browser did not allow the copy. Nothing was copied.", tone: "error" });
    }
  };
  return <IconButton icon={done ? Check : Copy} label={label} size="sm" onClick={() => void copy()} />;
}
