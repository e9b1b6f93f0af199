import { ShieldAlert, ShieldCheck, ShieldQuestionMark, type IconNode } from "lucide";
import { Described, DescriptionList } from "@/components/ui/description-list";
import { Icon } from "@/components/ui/icon";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table } from "@/components/ui/table";
import type { LogHealthView } from "@/lib/audit/view";

/** How the log stands: what was checked, what was signed, and where it was published. */
export function LogHealth({ health, now }: { health: LogHealthView; now: string }) {
  const { icon, ink, words } = stateOf(health);
  return (
    <details className="rounded-md border bg-surface px-4 py-2 text-sm" open={health.fault !== null}>
      <summary className="disclosure">
        <span className={`inline-flex items-center gap-2 ${ink}`}>
          <Icon of={icon} aria-hidden size={16} className="shrink-0" />
          {words}
        </span>
      </summary>
      <div className="my-3 grid gap-4">
        <DescriptionList>
          <Described term="Last checkpoint">
            {health.checkpoint ? (
              <>
                {`${count(health.checkpoint.size)} events, `}
                <RelativeTime at={health.checkpoint.at} now={now} />
                <span className="block font-mono text-xs break-all">{health.checkpoint.root}</span>
              </>
            ) : (
              "None yet"
            )}
          </Described>
          <Described term="Key">
            {health.verifierKey ? (
              <span className="font-mono text-xs break-all">{health.verifierKey}</span>
            ) : (
              "None: the log is not signed. GLIMPSE_LOG_KEY names one."
            )}
          </Described>
          <Described term="Checked as written">{`${count(health.verifiedSize)} events`}</Described>
          <Described term="Checked from the first on">
            {health.whole ? (
              <>
                {`${count(health.whole.size)} events, `}
                <RelativeTime at={health.whole.at} now={now} />
              </>
            ) : (
              "Under way"
            )}
          </Described>
        </DescriptionList>
        <Places places={health.places} now={now} />
      </div>
    </details>
  );
}

function Places({ places, now }: { places: LogHealthView["places"]; now: string }) {
  if (places.length === 0)
    return (
      <p className="text-ink-muted">
        Checkpoints go nowhere outside of the database. Without that, its administrator could rewrite all of
        it: see Operating, The audit log.
      </p>
    );
  return (
    <Table label="Where checkpoints are published">
      <thead>
        <tr>
          <th scope="col">Place</th>
          <th scope="col">Has</th>
          <th scope="col">State</th>
        </tr>
      </thead>
      <tbody>
        {places.map(({ name, size, at, trouble }) => (
          <tr key={name}>
            <th scope="row" className="text-left font-normal">
              {name}
            </th>
            <td>
              {size === null || at === null ? (
                "Nothing yet from this instance"
              ) : (
                <>
                  {`${count(size)} events, `}
                  <RelativeTime at={at} now={now} />
                </>
              )}
            </td>
            <td className={trouble === null ? "" : "text-danger"}>{trouble ?? "Well"}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function stateOf({ fault, verifierKey, checkpoint }: LogHealthView): {
  icon: IconNode;
  ink: string;
  words: string;
} {
  if (fault) {
    const where = fault.firstBad === null ? "" : ` First bad event: ${count(fault.firstBad)}.`;
    return {
      icon: ShieldAlert,
      ink: "text-danger",
      words: `The log is not what was signed. ${fault.why}${where}`,
    };
  }
  if (verifierKey === null)
    return { icon: ShieldQuestionMark, ink: "text-danger", words: "The log is checked, and not signed" };
  if (!checkpoint)
    return { icon: ShieldQuestionMark, ink: "text-ink-muted", words: "The log is being checked" };
  return { icon: ShieldCheck, ink: "text-ok", words: "The log is checked as it is written, and signed" };
}

const count = (number: number) => number.toLocaleString("en-US");
