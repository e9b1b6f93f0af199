import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormField, ReportFormView } from "@/lib/reports/view";

/** The fields of a report, filled, with what is wrong with each, and the button that makes it: in one line where they are few. */
export function ReportFields({ form }: { form: ReportFormView }) {
  const isLong = form.fields.length > 2;
  const fields = form.fields.map((field) => (
    <AnyField key={field.kind === "span" ? "span" : field.name} field={field} form={form} />
  ));
  const button = <SubmitButton pendingLabel="Making">Make the report</SubmitButton>;
  if (!isLong)
    return (
      <div className="flex flex-wrap items-start gap-3">
        {fields}
        <div className="sm:pt-5.5">{button}</div>
      </div>
    );
  return (
    <div className="grid gap-4 rounded-md border bg-surface p-4">
      <div className="grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-4 *:w-full">{fields}</div>
      <div>{button}</div>
    </div>
  );
}

function AnyField({ field, form }: { field: FormField; form: ReportFormView }) {
  if (field.kind === "span")
    return (
      <>
        <Day name="from" label="From" form={form} />
        <Day name="to" label="To" form={form} help="UTC, both days included." />
      </>
    );
  return <NamedField field={field} form={form} />;
}

function Day({
  name,
  label,
  help,
  form,
}: {
  name: string;
  label: string;
  help?: string;
  form: ReportFormView;
}) {
  return (
    <Field id={`report-${name}`} label={label} help={help} error={form.mistakes[name]} className="w-40">
      {(wired) => <Input {...wired} name={name} type="date" required defaultValue={form.values[name]} />}
    </Field>
  );
}

type Named = Exclude<FormField, { kind: "span" }>;

function NamedField({ field, form }: { field: Named; form: ReportFormView }) {
  const { name, label, help } = field;
  const isOptional = "optional" in field && field.optional === true;
  const value = form.values[name];
  const choices = choicesOf(field, form);
  return (
    <Field
      id={`report-${name}`}
      label={label}
      help={help}
      optional={isOptional}
      error={form.mistakes[name]}
      className="w-60 max-w-full"
    >
      {(wired) =>
        choices ? (
          <Select {...wired} name={name} required={!isOptional} defaultValue={value ?? ""}>
            {field.kind !== "choice" && <option value="">{isOptional ? "All" : "Choose"}</option>}
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </Select>
        ) : (
          <Input
            {...wired}
            name={name}
            required={!isOptional}
            maxLength={field.kind === "text" ? field.maxLength : 500}
            defaultValue={value}
          />
        )
      }
    </Field>
  );
}

function choicesOf(field: Named, { people, tables }: ReportFormView) {
  if (field.kind === "choice") return field.choices;
  const named = field.kind === "person" ? people : field.kind === "table" ? tables : null;
  return named?.map(({ id, name }) => ({ value: id, label: name })) ?? null;
}
