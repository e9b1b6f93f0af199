import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { PasskeyView } from "@/lib/auth/view";

/** A passkey in a list: its name, since when it is there, when it was used, and what can be done to it. */
export function PasskeyLine({
  passkey,
  now,
  children,
}: {
  passkey: PasskeyView;
  now: string;
  children: ReactNode;
}) {
  const { name, addedAt, usedAt } = passkey;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2 last:border-0">
      <span className="min-w-0 flex-[1_1_200px]">
        <span className="block font-medium wrap-anywhere">{name}</span>
        <span className="block text-sm text-ink-muted">
          registered <RelativeTime at={addedAt} now={now} />,{" "}
          {usedAt === null ? (
            "not used yet"
          ) : (
            <>
              used <RelativeTime at={usedAt} now={now} />
            </>
          )}
        </span>
      </span>
      {children}
    </li>
  );
}
