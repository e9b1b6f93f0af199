import { Plus, X } from "lucide";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/input";
import type { PolicyChoices } from "@/lib/policies/view";
import { classTitle, classTitles } from "./class-titles";

interface Props {
  /** The ids of the chosen classes. */
  chosen: readonly string[];
  at: number;
  classes: PolicyChoices["classes"];
  onChange: (chosen: readonly string[]) => void;
}

/** The data classes of a condition by their titles, and a menu of the others to add from; a condition keeps at least one. */
export function ClassValues({ chosen, at, classes, onChange }: Props) {
  const [picked, setPicked] = useState("");
  const titles = classTitles(classes);
  const others = classes.filter(({ id }) => !chosen.includes(id));
  const next = others.some(({ id }) => id === picked) ? picked : (others[0]?.id ?? "");
  return (
    <>
      <ul aria-label={`Data classes of condition ${at + 1}`} className="flex min-w-0 flex-wrap gap-1">
        {chosen.map((id, place) => (
          <li
            key={`${place} ${id}`}
            className="flex min-w-0 items-center gap-1 rounded-md border pl-2 text-sm"
          >
            <span className="min-w-0 wrap-anywhere">{classTitle(id, titles)}</span>
            {chosen.length > 1 && (
              <IconButton
                icon={X}
                size="sm"
                label={`Remove ${classTitle(id, titles)} from condition ${at + 1}`}
                onClick={() => onChange(chosen.toSpliced(place, 1))}
              />
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <>
          <Select
            aria-label={`Another data class for condition ${at + 1}`}
            className="w-auto max-w-full"
            value={next}
            onChange={(event) => setPicked(event.target.value)}
          >
            {others.map(({ id }) => (
              <option key={id} value={id}>
                {classTitle(id, titles)}
              </option>
            ))}
          </Select>
          <IconButton
            icon={Plus}
            label={`Add ${classTitle(next, titles)} to condition ${at + 1}`}
            onClick={() => onChange([...chosen, next])}
          />
        </>
      )}
    </>
  );
}
