import { LogOut } from "lucide";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import type { Theme } from "./theme";
import { Menu, MenuLine } from "@/components/ui/popover";
import { ThemeSwitch } from "./theme-switch";

export interface PersonMenuProps {
  name: string;
  /** The roles in words: "Agent, approver". */
  roles: string;
  theme: Theme;
  setTheme: (form: FormData) => Promise<void>;
  signOut: (form: FormData) => Promise<void>;
  /** Further links and buttons. */
  children?: ReactNode;
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked
    .map((word) => (word ? String.fromCodePoint(word.codePointAt(0) ?? 63) : ""))
    .join("")
    .toUpperCase();
}

/** Who is signed in, the theme, and the way out. */
export function PersonMenu({ name, roles, theme, setTheme, signOut, children }: PersonMenuProps) {
  return (
    <Menu
      id="person-menu"
      label="You"
      align="end"
      triggerClass="grid size-7 shrink-0 place-items-center rounded-full border border-line-strong/60 bg-surface text-xs font-semibold hover:bg-hover"
      trigger={
        <>
          {initials(name)}
          <span className="sr-only">{name}, your menu</span>
        </>
      }
    >
      <div className="px-2 pt-1.5 pb-2">
        <p className="font-medium">{name}</p>
        <p className="text-xs text-ink-muted">{roles}</p>
      </div>
      <div className="flex items-center justify-between gap-6 px-2 pb-2">
        <span className="text-ink-muted">Theme</span>
        <ThemeSwitch theme={theme} action={setTheme} />
      </div>
      <MenuLine />
      {children}
      <form action={signOut}>
        <button>
          <Icon of={LogOut} aria-hidden size={15} />
          Sign out
        </button>
      </form>
    </Menu>
  );
}
