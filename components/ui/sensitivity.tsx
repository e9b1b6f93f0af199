export type SensitivityLevel = 1 | 2 | 3 | 4;

const names: Record<SensitivityLevel, string> = { 4: "Severe", 3: "High", 2: "Moderate", 1: "Low" };

const tints: Record<SensitivityLevel, string> = { 4: "text-s4", 3: "text-s3", 2: "text-s2", 1: "text-s1" };

function shape(level: SensitivityLevel) {
  if (level === 4) return <path d="M4 .6h4L11.4 4v4L8 11.4H4L.6 8V4Z" fill="currentColor" />;
  if (level === 3) return <path d="M6 .8 11.6 11H.4Z" fill="currentColor" />;
  if (level === 2)
    return (
      <path
        d="M6 .6 11.4 6 6 11.4.6 6Z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        transform="translate(.72 .72) scale(.88)"
      />
    );
  return <circle cx="6" cy="6" r="3.9" fill="none" stroke="currentColor" strokeWidth="1.6" />;
}

/** Sensitivity 4 to 1 by shape, colour and name: octagon, triangle, diamond, ring. */
export function Sensitivity({ level, showName = false }: { level: SensitivityLevel; showName?: boolean }) {
  const name = `${names[level]} sensitivity`;
  return (
    <span className={`inline-flex items-center gap-1.5 ${tints[level]}`}>
      <svg
        viewBox="0 0 12 12"
        width="12"
        height="12"
        className="shrink-0"
        {...(showName ? { "aria-hidden": true } : { role: "img", "aria-label": name })}
      >
        {shape(level)}
      </svg>
      {showName && <span className="text-xs font-medium">{names[level]}</span>}
    </span>
  );
}
