"use client";

import { Rows2, Rows3 } from "lucide";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

const oneYearSeconds = 31_536_000;

/** Rows of 32 or of 40 pixels; this browser remembers which. */
export function RowHeight({ isComfortable }: { isComfortable: boolean }) {
  const [isHigh, setHigh] = useState(isComfortable);
  const toggle = (event: React.MouseEvent<HTMLElement>) => {
    const next = !isHigh;
    setHigh(next);
    event.currentTarget.closest(".grid-page")?.setAttribute("data-rows", next ? "comfortable" : "dense");
    document.cookie = `glimpse-rows=${next ? "comfortable" : "dense"}; path=/browse; max-age=${oneYearSeconds}; samesite=lax`;
  };
  return (
    <IconButton
      icon={isHigh ? Rows2 : Rows3}
      label={isHigh ? "Dense rows" : "Comfortable rows"}
      size="sm"
      onClick={toggle}
    />
  );
}
