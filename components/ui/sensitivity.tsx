export type SensitivityLevel = 1 | 2 | 3 | 4;

/** What each level is called. */
export const sensitivityNames: Record<SensitivityLevel, string> = {
  4: "Severe",
  3: "High",
  2: "Moderate",
  1: "Low",
};

const tints: Record<SensitivityLevel, string> = { 4: "text-s4", 3: "text-s3", 2: "text-s2", 1: "text-s1" };

const shapes: Record<SensitivityLevel, string> = {
  4: '<path d="M4 .6h4L11.4 4v4L8 11.4H4L.6 8V4Z" fill="currentColor"/>',
  3: '<path d="M6 .8 11.6 11H.4Z" fill="currentColor"/>',
  2: '<path d="M6 1.25 10.75 6 6 10.75 1.25 6Z" fill="none" stroke="currentColor" stroke-width="1.58"/>',
  1: '<circle cx="6" cy="6" r="3.9" fill="none" stroke="currentColor" stroke-width="1.6"/>',
};

const glyphClass = (level: SensitivityLevel) => `inline-flex items-center gap-1.5 ${tints[level]}`;
const levelName = (level: SensitivityLevel) => `${sensitivityNames[level]} sensitivity`;

/** Sensitivity 4 to 1 by shape, colour and name: octagon, triangle, diamond, ring. */
export function Sensitivity({ level, showName = false }: { level: SensitivityLevel; showName?: boolean }) {
  return (
    <span className={glyphClass(level)}>
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        className="shrink-0"
        {...(showName ? { "aria-hidden": true } : { role: "img", "aria-label": levelName(level) })}
        // oxlint-disable-next-line react/no-danger -- the constant shapes above
        dangerouslySetInnerHTML={{ __html: shapes[level] }}
      />
      {showName && <span className="text-xs font-medium">{sensitivityNames[level]}</span>}
    </span>
  );
}

/** The same without its name beside it, as HTML. */
export function sensitivityHtml(level: SensitivityLevel): string {
  return (
    `<span class="${glyphClass(level)}"><svg viewBox="0 0 12 12" width="12" height="12" class="shrink-0"` +
    ` role="img" aria-label="${levelName(level)}">${shapes[level]}</svg></span>`
  );
}
