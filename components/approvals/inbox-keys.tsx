"use client";

import { Keyboard } from "lucide";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import type { InboxQuery } from "@/lib/approvals/view";
import { inboxAddress } from "./inbox-address";
import { useKeys } from "./use-keys";

const help = [
  ["J", "next request"],
  ["K", "request before"],
  ["A", "approve as asked"],
  ["N", "narrow"],
  ["D", "deny"],
  ["Q", "ask a question"],
  ["Esc", "close the form"],
  ["?", "this help"],
] as const;

interface Props {
  numbers: readonly number[];
  current: number | null;
  query: InboxQuery;
}

/** Moves through the inbox by keys, and says which ones there are. */
export function InboxKeys({ numbers, current, query }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const go = (by: 1 | -1) => {
    const at = current === null ? -1 : numbers.indexOf(current);
    const to = numbers[at === -1 ? 0 : at + by];
    if (to !== undefined) router.replace(inboxAddress(query, { request: to }), { scroll: false });
  };
  useKeys({ j: () => go(1), k: () => go(-1), "?": () => setOpen(true) });
  return (
    <>
      <IconButton icon={Keyboard} label="Keys" onClick={() => setOpen(true)} className="max-sm:hidden" />
      <Dialog open={open} onClose={() => setOpen(false)} title="Keys of the inbox">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-sm">
          {help.map(([key, words]) => (
            <div key={key} className="contents">
              <dt>
                <Kbd>{key}</Kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
      </Dialog>
    </>
  );
}
