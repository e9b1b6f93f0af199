interface Box {
  top: number;
  left: number;
  bottom: number;
  width: number;
}
interface Size {
  width: number;
  height: number;
}

const gap = 6;
const edge = 8;

/** Where a floating box goes: under its target, above when there is no room, and always inside the window (px). */
export function placeNear(target: Box, box: Size, view: Size): { top: number; left: number } {
  const below = target.bottom + gap;
  const fits = below + box.height + edge <= view.height;
  const top = fits ? below : Math.max(edge, target.top - gap - box.height);
  const middle = target.left + target.width / 2 - box.width / 2;
  const left = Math.max(edge, Math.min(middle, view.width - box.width - edge));
  return { top, left };
}
