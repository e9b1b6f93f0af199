import { Search } from "lucide";
import type { ReactNode } from "react";
import { Announcer } from "@/components/ui/announcer";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { Tips } from "@/components/ui/tips";
import { SoftLink } from "@/components/ui/soft-link";
import type { Command } from "./command";
import { Mark } from "./mark";
import { PaletteButton } from "./palette-button";
import { PersonMenu, type PersonMenuProps } from "./person-menu";
import { Rail, type NavItem } from "./rail";
import { SoftLinks } from "./soft-links";

interface Props {
  items: readonly NavItem[];
  /** Where the command palette goes at once. */
  commands: readonly Command[];
  /** A server action for commands that are many, such as tables; asked when the palette opens. */
  loadCommands?: () => Promise<readonly Command[]>;
  /** The `LitPill`. */
  lit?: ReactNode;
  person: PersonMenuProps;
  children: ReactNode;
}

/** Everything around a page of the console: rail, bar, landmarks, and the islands that all pages share. */
export function Frame({ items, commands, loadCommands, lit, person, children }: Props) {
  return (
    <>
      <a href="#main" className="skip">
        Skip to content
      </a>
      <div className="frame">
        <Rail items={items} />
        <header className="frame-bar">
          <SoftLink href="/" aria-label="Glimpse, home" className="frame-home md:hidden">
            <Mark size={22} />
          </SoftLink>
          {lit}
          <PaletteButton commands={commands} {...(loadCommands ? { loadCommands } : {})}>
            <Icon of={Search} aria-hidden size={15} strokeWidth={1.75} />
            <span className="max-md:sr-only">Go to…</span>
            <span aria-hidden className="ml-auto flex gap-0.5 pl-6 max-md:hidden">
              <Kbd>Ctrl</Kbd>
              <Kbd>K</Kbd>
            </span>
          </PaletteButton>
          <PersonMenu {...person} />
        </header>
        <main id="main" tabIndex={-1} className="frame-main">
          {children}
        </main>
      </div>
      <SoftLinks />
      <Announcer />
      <Tips />
    </>
  );
}
