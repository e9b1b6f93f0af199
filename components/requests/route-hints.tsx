import type { ReactNode } from "react";
import { Message } from "@/components/ui/message";
import type { RouteView } from "@/lib/requests/view";
import { RequestSteps } from "./request-steps";

/** What the policy makes of a request that is being written: the rule, what is lacking, its steps, and quicker ways. */
export function RouteHints({ route, children }: { route: RouteView; children?: ReactNode }) {
  return (
    <section aria-label="What the policy says" className="grid content-start gap-3">
      <p className="text-sm">{route.outcome === "deny" ? route.words : route.rule}</p>
      {route.lacks.length > 0 && (
        <Message title="It cannot be sent like this">
          {route.lacks.map((lack) => (
            <p key={lack}>{lack}</p>
          ))}
        </Message>
      )}
      {children}
      {route.steps.length > 0 && <RequestSteps steps={route.steps} />}
      {route.automatic.length > 0 && (
        <div className="grid gap-1 text-sm">
          <p className="font-medium text-ink-muted">What would make it automatic</p>
          <ul className="list-disc pl-4">
            {route.automatic.map((way) => (
              <li key={way}>{way}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
