import { ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChoiceView } from "@/lib/audit/view";

interface Props {
  filter: Readonly<Record<string, string | number | undefined>>;
  groups: readonly ChoiceView[];
  /** Every event there is: its code, and what it means. */
  codes: readonly ChoiceView[];
  people: readonly ChoiceView[];
  tables: readonly ChoiceView[];
}

const outcomes: readonly ChoiceView[] = [
  { id: "success", name: "Done" },
  { id: "refused", name: "Refused" },
  { id: "failure", name: "Failed" },
];

/** A plain form by GET: what is filtered stands in the address and can be shared. */
export function AuditFilters({ filter, groups, codes, people, tables }: Props) {
  return (
    <form
      method="get"
      action="/audit"
      role="search"
      aria-label="Filter the log"
      className="grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap"
    >
      <Choice name="group" label="Kind" all="All kinds" choices={groups} value={filter["group"]} />
      <Field id="filter-code" label="Event" className="sm:w-44">
        {(wired) => (
          <>
            <Input
              {...wired}
              name="code"
              list="event-codes"
              autoComplete="off"
              spellCheck={false}
              placeholder="reveal.opened"
              defaultValue={filter["code"]}
            />
            <datalist id="event-codes">
              {codes.map(({ id, name }) => (
                <option key={id} value={id} label={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Choice name="outcome" label="Outcome" all="Any outcome" choices={outcomes} value={filter["outcome"]} />
      <Choice name="actorId" label="Person" all="Everybody" choices={people} value={filter["actorId"]} />
      <Choice name="tableId" label="Table" all="All tables" choices={tables} value={filter["tableId"]} />
      <Field id="filter-request" label="Request" className="sm:w-20">
        {(wired) => (
          <Input
            {...wired}
            name="requestNumber"
            inputMode="numeric"
            pattern="\d*"
            defaultValue={filter["requestNumber"]}
          />
        )}
      </Field>
      <Field id="filter-from" label="From" className="sm:w-36">
        {(wired) => <Input {...wired} name="from" type="date" defaultValue={filter["from"]} />}
      </Field>
      <Field id="filter-to" label="To" className="sm:w-36">
        {(wired) => <Input {...wired} name="to" type="date" defaultValue={filter["to"]} />}
      </Field>
      <div className="flex gap-2">
        <SubmitButton variant="secondary">Filter</SubmitButton>
        {Object.keys(filter).length > 0 && (
          <ButtonLink variant="quiet" href="/audit">
            Clear
          </ButtonLink>
        )}
      </div>
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  all: string;
  choices: readonly ChoiceView[];
  value: string | number | undefined;
}

function Choice({ name, label, all, choices, value }: ChoiceProps) {
  return (
    <Field id={`filter-${name}`} label={label} className="sm:w-36">
      {(wired) => (
        <Select {...wired} name={name} defaultValue={value ?? ""}>
          <option value="">{all}</option>
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
