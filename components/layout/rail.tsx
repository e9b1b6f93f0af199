import { Ellipsis, type IconNode } from "lucide";
import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Menu } from "@/components/ui/popover";
import { SoftLink } from "@/components/ui/soft-link";
import { Mark } from "./mark";
import { NavLink } from "./nav-link";

export interface NavItem {
  href: string;
  label: string;
  icon: IconNode;
  /** A `Count`. */
  badge?: ReactNode;
  /** Stands in the bar of a phone, which has room for four; the rest is under More. */
  dock?: boolean;
}

const dockSize = 4;

function docked(items: readonly NavItem[]): ReadonlySet<string> {
  if (items.length <= dockSize + 1) return new Set(items.map((item) => item.href));
  const first = [...items.filter((item) => item.dock), ...items.filter((item) => !item.dock)];
  return new Set(first.slice(0, dockSize).map((item) => item.href));
}

/** The pages one may use: a rail on the left, a bar at the bottom of a phone. */
export function Rail({ items }: { items: readonly NavItem[] }) {
  const inDock = docked(items);
  const rest = items.filter((item) => !inDock.has(item.href));
  return (
    <nav aria-label="Main" className="rail">
      <SoftLink href="/" aria-label="Glimpse, home" className="frame-home max-md:hidden">
        <Mark />
      </SoftLink>
      <ul className="rail-list">
        {items.map((item) => (
          <li key={item.href} data-dock={inDock.has(item.href)}>
            <NavLink href={item.href} className="rail-item">
              <Icon of={item.icon} aria-hidden size={18} strokeWidth={1.6} />
              {item.label}
              {item.badge && <span className="rail-badge">{item.badge}</span>}
            </NavLink>
          </li>
        ))}
        {rest.length > 0 && (
          <li className="rail-more">
            <Menu
              id="rail-more"
              label="More pages"
              align="end"
              triggerClass="rail-item"
              trigger={
                <>
                  <Icon of={Ellipsis} aria-hidden size={18} strokeWidth={1.6} />
                  More
                </>
              }
            >
              {rest.map((item) => (
                <NavLink key={item.href} href={item.href}>
                  <Icon of={item.icon} aria-hidden size={16} strokeWidth={1.6} />
                  {item.label}
                  {item.badge}
                </NavLink>
              ))}
            </Menu>
          </li>
        )}
      </ul>
    </nav>
  );
}
