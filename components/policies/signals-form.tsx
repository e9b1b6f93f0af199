import { Checkbox } from "@/components/ui/checkbox";
import type { PolicyChoices, RequestSignals } from "@/lib/policies/view";
import { AskedFields } from "./asked-fields";
import { CheckList } from "./check-list";
import { NumberField } from "./number-field";
import { Pick, PickKnown } from "./pick";

interface Props {
  given: RequestSignals;
  choices: PolicyChoices;
  onChange: (given: RequestSignals) => void;
}

const channels = [
  { id: "console", words: "the console" },
  { id: "api", words: "a program" },
];
const sends = [
  { id: "first", words: "a first request" },
  { id: "automatic", words: "more time for what was granted at once" },
  { id: "decided", words: "more time for what people had decided" },
];
const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const days = [
  { id: "", words: "not known" },
  ...weekdays.map((words, at) => ({ id: String(at + 1), words })),
];
const unknown = "not known";

/** All that a policy can know of a request, put together by hand; an empty number is a signal that is missing. */
export function SignalsForm(props: Props) {
  return (
    <div className="grid min-w-0 gap-4">
      <WhoAsks {...props} />
      <WhatIsAsked {...props} />
      <WhatIsKnown {...props} />
    </div>
  );
}

function WhoAsks({ given, choices, onChange }: Props) {
  const put = (part: Partial<RequestSignals["requester"]>) =>
    onChange({ ...given, requester: { ...given.requester, ...part } });
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-3">
      <CheckList
        legend="Roles of the requester"
        chosen={given.requester.roles}
        choices={choices.roles.map((id) => ({ id, name: id.replaceAll("_", " ") }))}
        onChange={(roles) => put({ roles })}
      />
      <CheckList
        legend="Groups of the requester"
        chosen={given.requester.groups}
        choices={choices.groups}
        onChange={(groups) => put({ groups })}
      />
    </div>
  );
}

function WhatIsAsked({ given, choices, onChange }: Props) {
  const put = (part: Partial<RequestSignals>) => onChange({ ...given, ...part });
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <Pick
          label="Table"
          value={keyOf(given.table)}
          choices={choices.tables.map((one) => ({ id: keyOf(one), words: keyOf(one) }))}
          onChange={(key) => {
            const found = choices.tables.find((one) => keyOf(one) === key);
            if (found) put({ table: { source: found.source, schema: found.schema, name: found.name } });
          }}
        />
        <Pick
          label="Purpose"
          value={given.purpose}
          choices={choices.purposes}
          onChange={(purpose) => put({ purpose })}
        />
        <Pick
          label="Sent from"
          value={given.channel}
          choices={channels}
          onChange={(channel) => put({ channel })}
        />
        <Pick
          label="Asks for"
          value={extensionOf(given)}
          choices={sends}
          onChange={(what) => onChange(withExtension(given, what))}
        />
        <NumberField
          label="Records"
          min={1}
          max={500}
          value={given.records}
          onChange={(records) => put({ records: records ?? 1 })}
        />
        <NumberField
          label="View time, seconds"
          min={1}
          max={1800}
          value={given.viewSeconds}
          onChange={(viewSeconds) => put({ viewSeconds: viewSeconds ?? 1 })}
        />
      </div>
      <AskedFields fields={given.fields} choices={choices} onChange={(fields) => put({ fields })} />
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        <Checkbox
          label="With a ticket"
          checked={given.ticket}
          onChange={(event) => put({ ticket: event.target.checked })}
        />
        <Checkbox
          label="For all that match a filter"
          checked={given.allMatching}
          onChange={(event) => put({ allMatching: event.target.checked })}
        />
        <Checkbox
          label="As an emergency"
          checked={given.breakGlass}
          onChange={(event) => put({ breakGlass: event.target.checked })}
        />
      </div>
    </>
  );
}

function WhatIsKnown({ given, onChange }: Props) {
  const put = (part: Partial<RequestSignals>) => onChange({ ...given, ...part });
  const count = (
    key: "subjectsSeen" | "denials" | "signedInMinutes" | "hour",
    label: string,
    max = 1_000_000,
  ) => (
    <NumberField
      label={label}
      max={max}
      empty={unknown}
      value={given[key]}
      onChange={(value) => put({ [key]: value })}
    />
  );
  return (
    <div className="flex flex-wrap items-end gap-3">
      {count("hour", "Hour of the day", 23)}
      <Pick
        label="Day of the week"
        value={given.weekday === null ? "" : String(given.weekday)}
        choices={days}
        onChange={(day) => put({ weekday: day === "" ? null : Number(day) })}
      />
      <PickKnown
        label="First time on the table"
        value={given.firstOnTable}
        onChange={(firstOnTable) => put({ firstOnTable })}
      />
      <PickKnown
        label="A browser not seen before"
        value={given.newDevice}
        onChange={(newDevice) => put({ newDevice })}
      />
      {count("subjectsSeen", "Records seen in 7 days")}
      {count("denials", "Denials in 30 days")}
      {count("signedInMinutes", "Minutes since the password")}
    </div>
  );
}

const keyOf = ({ source, schema, name }: RequestSignals["table"]) => `${source}/${schema}.${name}`;

const extensionOf = ({ extension }: RequestSignals) =>
  extension ? (extension.automatic ? "automatic" : "decided") : "first";

function withExtension({ extension: _, ...first }: RequestSignals, what: string): RequestSignals {
  return what === "first" ? first : { ...first, extension: { automatic: what === "automatic" } };
}
