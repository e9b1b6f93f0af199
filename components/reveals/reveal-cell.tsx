"use client";

import { Copy } from "lucide";
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
  type CSSProperties,
  type ReactNode,
} from "react";
import { cx } from "@/components/ui/cx";
import { Icon } from "@/components/ui/icon";
import { useRevealing } from "./reveal-provider";
import type { CellKey, CellState } from "./reveal-snapshot";
import type { RevealStore } from "./reveal-store";
import { copyCell, markCell } from "./watch-page";

export type RevealCellProps = {
  grantId: string;
  record: string;
  columnId: string;
  className?: string;
  /** The grid leads to its cells by arrow keys: what is inside them is no stop of the Tab key. */
  inGrid?: boolean;
  /** `dd` in a list of fields. */
  as?: "td" | "dd";
  /** What the cell shows masked. */
  children: ReactNode;
};

const resting: CellState = { look: "granted" };

/** A table cell whose value a live grant opens; shows the masked text before, after and whenever in doubt. */
export function RevealCell({ as: Cell = "td", className, inGrid, children, ...place }: RevealCellProps) {
  const { grantId, record, columnId } = place;
  const tabIndex = inGrid ? -1 : 0;
  const store = useRevealing();
  const key = useMemo(() => ({ grantId, record, columnId }), [grantId, record, columnId]);
  const state = useSyncExternalStore(
    store?.subscribe ?? never,
    () => store?.cell(key) ?? resting,
    () => resting,
  );
  useEffect(() => store?.add(key), [store, key]);
  // Whoever opened this cell with the keyboard goes on reading where they were.
  const opener = useRef(false);

  if (store && state.look === "revealed") {
    const style = { "--view-ms": `${state.viewMs}ms`, "--gone-ms": `${state.goneMs}ms` } as CSSProperties;
    return (
      <Cell
        ref={(element: HTMLElement | null) => markCell(element, key)}
        data-veil="revealed"
        className={cx("lit-cell", className)}
        style={style}
      >
        <LitValue store={store} cell={key} value={state.value} opener={opener} tabIndex={tabIndex} />
      </Cell>
    );
  }
  if (store && (state.look === "granted" || state.look === "opening")) {
    const open = () => {
      opener.current = true;
      void store.open(grantId, [key]);
    };
    return (
      <Cell data-veil="granted" className={cx("grant-cell", className)} aria-busy={state.look === "opening"}>
        <button
          type="button"
          tabIndex={tabIndex}
          aria-label={`Reveal ${store.fieldName(grantId, columnId)}`}
          onClick={open}
        >
          <span className="grant-mask">{children}</span>
          <span aria-hidden className="grant-word">
            Reveal
          </span>
        </button>
      </Cell>
    );
  }
  return (
    <Cell data-veil={state.look === "ended" ? "ended" : "masked"} className={cx(className)}>
      {children}
    </Cell>
  );
}

const never = () => () => {};

type LitProps = {
  store: RevealStore;
  cell: CellKey;
  value: string | null;
  opener: { current: boolean };
  tabIndex: number;
};

function LitValue({ store, cell, value, opener, tabIndex }: LitProps) {
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (opener.current) text.current?.focus({ preventScroll: true });
    opener.current = false;
  }, [opener]);
  // And when the value goes, they stay in the cell of the grid.
  useLayoutEffect(() => {
    const shown = text.current;
    return () => {
      if (shown === document.activeElement) shown?.closest<HTMLElement>("td[tabindex]")?.focus();
    };
  }, []);
  const name = store.fieldName(cell.grantId, cell.columnId);
  return (
    <>
      {/* Long values are read by focus. */}
      <span ref={text} tabIndex={tabIndex} className="lit-value">
        {value === null ? <i>null</i> : value === "" ? <i>empty</i> : value}
      </span>
      {value !== null && value !== "" && (
        <button
          type="button"
          tabIndex={tabIndex}
          className="lit-copy"
          aria-label={`Copy ${name}`}
          data-tip={`Copy ${name}. The copy is on record.`}
          onClick={() => void copyCell(store, cell)}
        >
          <Icon of={Copy} aria-hidden size={13} strokeWidth={2} />
        </button>
      )}
    </>
  );
}
