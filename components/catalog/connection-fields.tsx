import { Presets } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { ConnectionForm } from "@/lib/catalog/view";

const tlsWords = {
  "verify-full": "verify-full – encrypted, and the server proves its name",
  "verify-ca": "verify-ca – encrypted, and the certificate is checked",
  require: "require – encrypted, whoever answers",
  disable: "disable – not encrypted, for a network you trust",
} as const;

interface Props {
  form: ConnectionForm;
  errors: Readonly<Record<string, string>>;
  /** Whether a password is stored already, so that an empty field keeps it. */
  stored: boolean;
  onChange: (change: Partial<ConnectionForm>) => void;
}

/** Where a database is and how to get in: as one address, or part by part. */
export function ConnectionFields(props: Props) {
  const { form, stored, onChange } = props;
  return (
    <div className="grid gap-4">
      {!stored && (
        <Presets
          legend="Enter the connection as"
          hideLegend
          name="how"
          value={form.how}
          choices={[
            { value: "url", label: "Address" },
            { value: "parts", label: "Host, database, user" },
          ]}
          onChange={(event) => onChange({ how: event.target.value === "url" ? "url" : "parts" })}
        />
      )}
      {form.how === "url" ? <Address {...props} /> : <Parts {...props} />}
      <Tls {...props} />
    </div>
  );
}

// Neither spelling help nor history of the browser may keep a password.
const secret = { autoComplete: "off", spellCheck: false, autoCapitalize: "none" } as const;

function Address({ form, errors, onChange }: Props) {
  return (
    <Field
      id="url"
      label="Address"
      error={errors["url"]}
      help="As psql takes it. Write characters such as @ or / in a password as %40 or %2F."
    >
      {(wired) => (
        <Input
          {...wired}
          {...secret}
          className="font-mono"
          placeholder="postgres://user:password@host:5432/database"
          value={form.url}
          onChange={(event) => onChange({ url: event.target.value })}
        />
      )}
    </Field>
  );
}

function Parts({ form, errors, stored, onChange }: Props) {
  const text = (
    id: "host" | "port" | "database" | "user",
    label: string,
    more: { className?: string; placeholder?: string },
  ) => (
    <Field id={id} label={label} error={errors[id]} className={more.className ?? ""}>
      {(wired) => (
        <Input
          {...wired}
          {...secret}
          {...(id === "port" ? { inputMode: "numeric" as const } : {})}
          placeholder={more.placeholder}
          value={form[id]}
          onChange={(event) => onChange({ [id]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="grid grid-cols-6 gap-x-3 gap-y-4">
      {text("host", "Host", { className: "col-span-6 sm:col-span-4", placeholder: "db.example.com" })}
      {text("port", "Port", { className: "col-span-6 sm:col-span-2", placeholder: "5432" })}
      {text("database", "Database", { className: "col-span-6" })}
      {text("user", "User", { className: "col-span-6 sm:col-span-3" })}
      <Field
        id="password"
        label="Password"
        error={errors["password"]}
        className="col-span-6 sm:col-span-3"
        {...(stored ? { help: "Leave it empty to keep the stored one. It is never shown." } : {})}
      >
        {(wired) => (
          <Input
            {...wired}
            {...secret}
            type="password"
            autoComplete="new-password"
            value={form.password}
            onChange={(event) => onChange({ password: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}

function Tls({ form, errors, onChange }: Props) {
  const isKnown = (value: string): value is keyof typeof tlsWords => value in tlsWords;
  return (
    <>
      <Field id="tls" label="Encryption">
        {(wired) => (
          <Select
            {...wired}
            value={form.tls}
            onChange={({ target: { value } }) => onChange({ tls: isKnown(value) ? value : "" })}
          >
            {form.how === "url" && <option value="">As the address says</option>}
            {Object.entries(tlsWords).map(([mode, words]) => (
              <option key={mode} value={mode}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {(form.tls === "verify-ca" || form.tls === "verify-full") && (
        <Field
          id="ca"
          label="Certificate authority"
          optional
          error={errors["ca"]}
          help="In PEM form, for verify-ca and verify-full. Without it the authorities known to Node.js are trusted."
        >
          {(wired) => (
            <Textarea
              {...wired}
              {...secret}
              className="max-h-48 font-mono text-xs"
              placeholder="-----BEGIN CERTIFICATE-----"
              value={form.ca}
              onChange={(event) => onChange({ ca: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
