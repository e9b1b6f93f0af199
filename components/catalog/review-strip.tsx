import { CheckCheck } from "lucide";
import type { Notice } from "@/components/catalog/use-review-deeds";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import type { PresetChoice } from "@/lib/catalog/view";

const keys = [
  ["↑ ↓", "move"],
  ["e", "class"],
  ["c p g t r h", "mask"],
  ["Enter", "confirm"],
  ["u", "reopen"],
] as const;

interface Props {
  notice: Notice | null;
  /** Columns that wait and have a choice, of those that wait. */
  ready: number;
  left: number;
  onConfirm: () => void;
  presets: readonly PresetChoice[];
  onPreset: (preset: PresetChoice) => void;
}

/** Under the list: what was done last with its undo, the keys, and all that is ready at once. */
export function ReviewStrip({ notice, ready, left, onConfirm, presets, onPreset }: Props) {
  return (
    <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-2">
      <output className="text-sm">
        {notice && (
          <span className="inline-flex items-center gap-2">
            {notice.text}
            {notice.undo && (
              <Button size="sm" onClick={notice.undo}>
                Undo
              </Button>
            )}
          </span>
        )}
      </output>
      <ul aria-label="Keys" className="hidden flex-wrap gap-x-3 gap-y-1 text-xs text-ink-muted md:flex">
        {keys.map(([key, does]) => (
          <li key={key} className="flex items-center gap-1">
            {key.split(" ").map((one) => (
              <Kbd key={one}>{one}</Kbd>
            ))}
            {does}
          </li>
        ))}
      </ul>
      <Presets presets={presets} onPreset={onPreset} />
      {ready > 1 && (
        <Button size="sm" icon={CheckCheck} onClick={onConfirm}>
          {ready === left ? `Confirm all ${ready}` : `Confirm ${ready} of ${left}`}
        </Button>
      )}
    </div>
  );
}

/** Masks every column of the table as a rule book wants it; nothing is confirmed by that. */
function Presets({ presets, onPreset }: Pick<Props, "presets" | "onPreset">) {
  return (
    <Select
      aria-label="Mask as a rule book wants it"
      className="ml-auto w-auto"
      value=""
      onChange={(event) => {
        const preset = presets.find(({ id }) => id === event.target.value);
        if (preset) onPreset(preset);
      }}
    >
      <option value="" disabled>
        Mask by …
      </option>
      {presets.map(({ id, title, says }) => (
        <option key={id} value={id} title={says}>
          {title}
        </option>
      ))}
    </Select>
  );
}
