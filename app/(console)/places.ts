import {
  BookOpenCheck,
  ChartColumn,
  Inbox,
  Layers,
  Scale,
  ScrollText,
  Send,
  Settings,
  Users,
  type IconNode,
} from "lucide";
import { rolesAllow, type Permission } from "@/lib/auth/permissions";
import type { Role } from "@/lib/people/view";

type Place = { href: string; label: string; icon: IconNode; permission: Permission; dock?: true };

const places: readonly Place[] = [
  { href: "/browse", label: "Browse", icon: Layers, permission: "browse" },
  { href: "/requests", label: "Requests", icon: Send, permission: "request", dock: true },
  { href: "/inbox", label: "Inbox", icon: Inbox, permission: "decide", dock: true },
  { href: "/audit", label: "Audit", icon: ScrollText, permission: "audit" },
  { href: "/reports", label: "Reports", icon: ChartColumn, permission: "reports" },
  { href: "/catalog", label: "Catalogue", icon: BookOpenCheck, permission: "catalog" },
  { href: "/policies", label: "Policies", icon: Scale, permission: "policies" },
  { href: "/people", label: "People", icon: Users, permission: "people" },
  { href: "/settings", label: "Settings", icon: Settings, permission: "settings" },
];

/** The pages that somebody with these roles may open, in the order of the rail. */
export function placesFor(roles: readonly Role[]): Omit<Place, "permission">[] {
  return places
    .filter(({ permission }) => rolesAllow(roles, permission))
    .map(({ permission: _, ...place }) => place);
}
