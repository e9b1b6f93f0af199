import { X } from "lucide";
import { IconButton } from "@/components/ui/icon-button";
import { Input, Select } from "@/components/ui/input";
import type { PolicyChoices } from "@/lib/policies/view";
import type { Who } from "./policy-words";

type Alternative = { who: Who; count: number };

interface Props {
  label: string;
  alternative: Alternative;
  choices: PolicyChoices;
  /** Whether they are told and fill no seat: then there is no count of them, and policy admins are among the choices. */
  isTold?: boolean;
  /** Whether it is always one of them. */
  countIsOne?: boolean;
  onChange: (alternative: Alternative) => void;
  onRemove?: () => void;
}

/** Who fills one alternative of a step, and how many of them. */
export function SeatEditor({
  label,
  alternative: { who, count },
  choices,
  isTold = false,
  countIsOne = isTold,
  onChange,
  onRemove,
}: Props) {
  const isOne = countIsOne || who.kind === "manager" || who.kind === "managers-manager";
  return (
    <div className="flex flex-wrap items-center gap-2">
      {!isOne && (
        <Input
          type="number"
          min={1}
          max={5}
          aria-label={`${label}: how many`}
          className="w-16"
          value={count}
          onChange={(event) => onChange({ who, count: Number(event.target.value) })}
        />
      )}
      <Select
        aria-label={`${label}: who`}
        className="w-auto max-w-full"
        value={valueOf(who)}
        onChange={(event) => onChange({ who: whoOf(event.target.value, choices), count: 1 })}
      >
        <option value="manager">the manager</option>
        <option value="managers-manager">the manager’s manager</option>
        <option value="table-owners">the owners of the table</option>
        <option value="class-owners">the owners of the data class</option>
        <option value="approvers">any approver</option>
        <option value="people">named people</option>
        {isTold && <option value="policy-admins">the policy admins</option>}
        {groupsWith(who, choices).map((group) => (
          <option key={group.id} value={`group:${group.id}`}>
            {group.name}
          </option>
        ))}
      </Select>
      {who.kind === "people" && (
        <Select
          multiple
          aria-label={`${label}: named people`}
          className="h-auto w-auto"
          value={who.ids}
          onChange={(event) => {
            const ids = [...event.target.selectedOptions].map((option) => option.value);
            if (ids.length > 0) onChange({ who: { kind: "people", ids }, count });
          }}
        >
          {choices.approvers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {onRemove && <IconButton icon={X} label={`Remove ${label}`} onClick={onRemove} />}
    </div>
  );
}

const valueOf = (who: Who) => (who.kind === "group" ? `group:${who.group}` : who.kind);

function whoOf(value: string, { approvers }: PolicyChoices): Who {
  if (value.startsWith("group:")) return { kind: "group", group: value.slice("group:".length) };
  if (value === "people") return { kind: "people", ids: approvers.slice(0, 1).map(({ id }) => id) };
  return { kind: value as Exclude<Who["kind"], "group" | "people"> };
}

/** The groups to choose from, with one that is gone but still named. */
function groupsWith(who: Who, { groups }: PolicyChoices) {
  const isGone = who.kind === "group" && !groups.some(({ id }) => id === who.group);
  return isGone ? [...groups, { id: who.group, name: who.group }] : groups;
}
