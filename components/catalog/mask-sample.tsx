import { cx } from "@/components/ui/cx";
import type { MaskSample } from "@/lib/catalog/view";

const dots = "•••••••";

interface Props {
  maskKey: string | null;
  sample: MaskSample | undefined;
  /** How many texts to show. */
  most: number;
  readable: boolean;
}

/** Masked output as a table would show it; of `clear` nothing, for nobody previews a raw value. */
export function MaskedSample({ maskKey, sample, most, readable }: Props) {
  if (!readable) return <span className="text-ink-faint">no right to read</span>;
  if (maskKey === null) return <span className="text-ink-faint">no choice yet</span>;
  if (maskKey === "clear") return <span className="text-ink-faint">the value itself</span>;
  if (maskKey === "hidden") return <Veiled hidden texts={[""]} />;
  if (maskKey === "redact") return <Veiled texts={[dots]} />;
  if (!sample && maskKey.startsWith("document "))
    return <span className="text-ink-faint">once confirmed</span>;
  if (!sample) return <span className="late text-ink-faint">…</span>;
  if (sample.withheld) return <span className="text-ink-faint">no preview: it shows what is said</span>;
  if (sample.texts.length === 0) return <span className="text-ink-faint">only null in the first rows</span>;
  return <Veiled texts={sample.texts.slice(0, most)} />;
}

function Veiled({ texts, hidden = false }: { texts: readonly string[]; hidden?: boolean }) {
  return (
    <span className="inline-flex max-w-full min-w-0 gap-1">
      {texts.map((text) => (
        <span
          key={text}
          data-veil={hidden ? "hidden" : "masked"}
          className={cx("min-w-0 truncate", hidden && "inline-block h-4.5 w-16")}
        >
          {text}
        </span>
      ))}
    </span>
  );
}
