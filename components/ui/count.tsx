/** A count beside a name; nothing at zero. */
export function Count({ value, label }: { value: number; label: string }) {
  if (value === 0) return null;
  return (
    <span className="inline-grid h-4 min-w-4 place-items-center rounded-full bg-accent px-1 text-xs leading-none font-medium text-on-accent">
      {value > 99 ? "99+" : value}
      <span className="sr-only"> {label}</span>
    </span>
  );
}
