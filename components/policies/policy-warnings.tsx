import { Message } from "@/components/ui/message";

/** What to look at in a policy: steps that nobody could fill, rules that are never asked. */
export function PolicyWarnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <Message title="Look at this">
      <ul className="list-disc pl-5">
        {warnings.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Message>
  );
}
