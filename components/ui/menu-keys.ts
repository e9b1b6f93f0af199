/** Arrow keys, Home and End inside every open menu of the page; opening one by keyboard lands on its first item. */
export function watchMenus(): () => void {
  const stop = new AbortController();
  const on = <E extends Event>(name: string, handle: (event: E) => void, capture = false) =>
    document.addEventListener(name, handle as (event: Event) => void, { signal: stop.signal, capture });
  on<KeyboardEvent>("keydown", (event) => {
    if (event.target instanceof Element && move(event.target, event.key)) event.preventDefault();
  });
  on<ToggleEvent>(
    "toggle",
    (event) => {
      const menu = event.target;
      if (!(menu instanceof HTMLElement) || !menu.matches(".menu") || event.newState !== "open") return;
      if (document.activeElement?.matches(":focus-visible")) items(menu)[0]?.focus();
    },
    true,
  );
  // A chosen item closes its menu, also when it is a link that the router follows without a new page.
  on<MouseEvent>("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const menu = event.target.closest<HTMLElement>(".menu:popover-open");
    const item = event.target.closest("a, button:not([aria-disabled=true])");
    if (menu && item && !item.closest("[data-stay]")) menu.hidePopover();
  });
  return () => stop.abort();
}

function items(menu: Element): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("a[href], button:not(:disabled)")];
}

function move(from: Element, key: string): boolean {
  const menu = from.closest(".menu:popover-open");
  if (!menu) return false;
  const all = items(menu);
  const at = all.findIndex((item) => item === from);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[
    key
  ];
  if (to === undefined) return false;
  all[(to + all.length) % all.length]?.focus();
  return true;
}
