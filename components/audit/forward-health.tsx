import { Message } from "@/components/ui/message";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";
import type { ForwardView } from "@/lib/forwarding/view";

/** Where the log is forwarded to, and how far behind each destination is. */
export function ForwardHealth({ destinations, now }: { destinations: readonly ForwardView[]; now: string }) {
  const late = destinations.filter(({ alarm }) => alarm);
  const ill = destinations.filter(({ trouble }) => trouble !== null);
  return (
    <>
      {late.length > 0 && (
        <Message tone="error" title="The log is not forwarded as it should be.">
          {`More than an hour behind: ${late.map(({ name }) => name).join(", ")}. Nothing is lost: what waits is sent when the receiver takes it again.`}
        </Message>
      )}
      <details className="rounded-md border bg-surface px-4 py-2 text-sm" open={ill.length > 0}>
        <summary className="disclosure">{summaryOf(destinations, ill.length)}</summary>
        <div className="my-3 grid gap-4">
          {destinations.length === 0 ? (
            <p className="text-ink-muted">
              The log goes to no SIEM and no archive. GLIMPSE_FORWARD_URL, GLIMPSE_FORWARD_SYSLOG and
              GLIMPSE_FORWARD_FOLDER name them: see Operating, Forwarding the audit log.
            </p>
          ) : (
            <Destinations destinations={destinations} now={now} />
          )}
        </div>
      </details>
    </>
  );
}

function summaryOf(destinations: readonly ForwardView[], ill: number): string {
  if (destinations.length === 0) return "The log is not forwarded";
  const where = `${destinations.length} ${destinations.length === 1 ? "destination" : "destinations"}`;
  return ill === 0
    ? `The log is forwarded to ${where}`
    : `The log is forwarded to ${where}, ${ill} in trouble`;
}

function Destinations({ destinations, now }: { destinations: readonly ForwardView[]; now: string }) {
  return (
    <Table label="Where the log is forwarded to">
      <thead>
        <tr>
          <th scope="col">Destination</th>
          <th scope="col">Behind</th>
          <th scope="col">Last acknowledged</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {destinations.map((one) => (
          <tr key={one.name}>
            <th scope="row" className="text-left font-normal">
              {one.name}
              <span className="block font-mono text-xs break-all text-ink-muted">{one.place}</span>
            </th>
            <td>
              {one.behind === 0 || one.waitingSince === null ? (
                "Nothing waits"
              ) : (
                <>
                  {`${one.behind.toLocaleString("en-US")} ${one.behind === 1 ? "event" : "events"}, the oldest `}
                  <RelativeTime at={one.waitingSince} now={now} />
                </>
              )}
            </td>
            <td>
              {one.acknowledgedAt === null ? "Never" : <RelativeTime at={one.acknowledgedAt} now={now} />}
            </td>
            <td className={one.trouble === null ? "" : "text-danger"}>
              {one.trouble ?? "Well"}
              {one.failingSince !== null && (
                <>
                  {" Since "}
                  <RelativeTime at={one.failingSince} now={now} />
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
