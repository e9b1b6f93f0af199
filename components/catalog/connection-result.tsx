import { Message } from "@/components/ui/message";
import type { ConnectionState } from "@/components/catalog/use-connection";

/** What the last test or attempt to store said, in place. */
export function ConnectionResult({
  tested,
  refusal,
  pending,
}: Pick<ConnectionState, "tested" | "refusal" | "pending">) {
  if (pending) {
    return (
      <p role="status" className="late text-sm text-ink-muted">
        Trying the connection. This takes up to 16 seconds when nothing answers.
      </p>
    );
  }
  if (refusal) {
    return (
      <Message tone="error" title={refusal.what}>
        {refusal.next}
      </Message>
    );
  }
  if (!tested) return null;
  if (!tested.ok) {
    return (
      <Message tone="error" title={tested.words}>
        {tested.hint}
      </Message>
    );
  }
  return (
    <Message tone="ok" title="The connection works.">
      {tested.words}
      {tested.warnings.map((warning) => (
        <span key={warning} className="mt-1 block">
          {warning}
        </span>
      ))}
    </Message>
  );
}
