import { watchMenus } from "./menu-keys";
import { placeNear } from "./place";

const hoverMs = 350;

/** Shows the `data-tip` of what is hovered or focused in one box, and hides it on Esc; also the menus' keys. */
export function watch(tip: HTMLElement): () => void {
  const stops = [watchTips(tip), watchMenus()];
  return () => stops.forEach((stop) => stop());
}

function watchTips(tip: HTMLElement): () => void {
  let owner: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hide = () => {
    clearTimeout(timer);
    owner = null;
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
  const show = (target: Element) => {
    const text = target.getAttribute("data-tip");
    if (!text || !target.isConnected) return;
    tip.textContent = text;
    tip.showPopover();
    const at = placeNear(target.getBoundingClientRect(), tip.getBoundingClientRect(), {
      width: innerWidth,
      height: innerHeight,
    });
    tip.style.top = `${at.top}px`;
    tip.style.left = `${at.left}px`;
  };
  const enter = (event: Event, delayMs: number) => {
    const from = event.target instanceof Element ? event.target : null;
    if (from && tip.contains(from)) return;
    const target = from?.closest("[data-tip]") ?? null;
    if (target === owner) return;
    hide();
    if (!target) return;
    owner = target;
    timer = setTimeout(show, delayMs, target);
  };

  const stop = new AbortController();
  const on = (name: string, handle: (event: Event) => void, capture = false) =>
    document.addEventListener(name, handle, { signal: stop.signal, capture, passive: true });
  on("pointerover", (event) => (event as PointerEvent).pointerType === "mouse" && enter(event, hoverMs));
  on(
    "focusin",
    (event) => event.target instanceof Element && event.target.matches(":focus-visible") && enter(event, 0),
  );
  on("focusout", hide);
  on("pointerdown", hide);
  on("keydown", (event) => (event as KeyboardEvent).key === "Escape" && hide());
  on("scroll", hide, true);
  return () => (hide(), stop.abort());
}
