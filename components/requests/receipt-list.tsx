import { Download, FileCheck, FileWarning } from "lucide";
import { ButtonLink } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ReceiptView } from "@/lib/grants/view";

const deeds = {
  approve: "approved it",
  narrow: "approved less of it",
  deny: "denied it",
  open: "signed to open it",
  policy: "The policy granted it at once",
  "policy-deny": "The policy denied it at once",
  emergency: "It was opened as an emergency",
} as const;

const seals = {
  signed: "Signed by the key of the log",
  unsigned: "Not signed: no key of the log was set",
  unchecked: "Signed by a key that this server does not have",
  wrong: "Its signature does not hold",
} as const;

/** Who signed what was decided, and with what; a file of it can be checked without this server. */
export function ReceiptList({
  number,
  receipts,
  now,
}: {
  number: number;
  receipts: readonly ReceiptView[];
  now: string;
}) {
  if (receipts.length === 0) return null;
  return (
    <section aria-label="Receipts" className="grid gap-2">
      <h2 className="text-sm font-medium text-ink-muted">Receipts</h2>
      <ul className="grid gap-2">
        {receipts.map((receipt) => (
          <li key={receipt.hash} className="flex gap-2 rounded-md border bg-surface px-3 py-2 text-sm">
            <Icon
              of={receipt.signed === "signed" ? FileCheck : FileWarning}
              aria-hidden
              size={16}
              strokeWidth={1.75}
              className={
                receipt.signed === "wrong" ? "mt-px shrink-0 text-danger" : "mt-px shrink-0 text-ink-muted"
              }
            />
            <div className="min-w-0">
              <p>
                {receipt.by === null ? deeds[receipt.verdict] : `${receipt.by} ${deeds[receipt.verdict]}`}{" "}
                <span className="text-ink-muted">
                  <RelativeTime at={receipt.at} now={now} />
                </span>
              </p>
              <p className="wrap-anywhere text-ink-muted">
                {seals[receipt.signed]}
                {receipt.passkey && `, and with ${receipt.passkey.of}’s passkey “${receipt.passkey.name}”`}.
              </p>
              <p className="font-mono text-xs text-ink-faint" title={`SHA-256 ${receipt.hash}`}>
                {receipt.hash.slice(0, 16)}…
              </p>
            </div>
          </li>
        ))}
      </ul>
      <ButtonLink
        icon={Download}
        href={`/requests/${number}/receipts`}
        download
        className="justify-self-start"
      >
        Download the receipts
      </ButtonLink>
    </section>
  );
}
