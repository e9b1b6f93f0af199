import { type IconNode, Monitor, Moon, Sun } from "lucide";
import { Icon } from "@/components/ui/icon";
import type { Theme } from "./theme";

const choices: readonly { value: Theme; label: string; icon: IconNode }[] = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "Like the system", icon: Monitor },
];

interface Props {
  theme: Theme;
  /** Receives `theme` in the form. */
  action: (form: FormData) => Promise<void>;
}

/** Light, dark or as the system says; works without scripts. */
export function ThemeSwitch({ theme, action }: Props) {
  return (
    <form action={action} aria-label="Theme" className="segments" data-stay>
      {choices.map(({ value, label, icon }) => (
        <button
          key={value}
          name="theme"
          value={value}
          aria-label={label}
          data-tip={label}
          aria-pressed={value === theme}
        >
          <Icon of={icon} aria-hidden size={15} strokeWidth={1.75} />
        </button>
      ))}
    </form>
  );
}
