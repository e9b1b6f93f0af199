"use client";

import { PlugZap } from "lucide";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConnectionFields } from "@/components/catalog/connection-fields";
import { ConnectionResult } from "@/components/catalog/connection-result";
import { useConnection } from "@/components/catalog/use-connection";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AddedView, Answer, ConnectionActions, ConnectionForm } from "@/lib/catalog/view";

const empty: ConnectionForm = {
  how: "url",
  url: "",
  host: "",
  port: "5432",
  database: "",
  user: "",
  password: "",
  tls: "",
  ca: "",
};

interface Props extends ConnectionActions {
  add: (wanted: { connection: ConnectionForm; name: string; slug: string }) => Promise<Answer<AddedView>>;
}

/** First the connection, tried in place; then a name for it. */
export function AddSourceForm({ test, add }: Props) {
  const connection = useConnection(empty, (form) => test({ connection: form, sourceId: null }));
  const router = useRouter();
  const [name, setName] = useState("");
  const [slug, setSlug] = useState("");
  const { form, errors, tested, pending } = connection;
  const works = tested?.ok === true;
  const store = () =>
    connection.send(
      (entered) => add({ connection: entered, name, slug }),
      (added) => {
        announce({ text: added.words, tone: "ok" });
        router.push(`/catalog/${added.slug}`);
      },
    );
  return (
    <form
      className="grid max-w-xl gap-5"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (works) store();
        else connection.test();
      }}
    >
      <ConnectionFields form={form} errors={errors} stored={false} onChange={connection.change} />
      <ConnectionResult {...connection} />
      {works && <Names name={name} slug={slug} errors={errors} onName={setName} onSlug={setSlug} />}
      <div className="flex flex-wrap items-center gap-2">
        {works && (
          <Button type="submit" variant="primary" disabled={pending}>
            Add the source
          </Button>
        )}
        <Button
          type={works ? "button" : "submit"}
          variant={works ? "secondary" : "primary"}
          icon={PlugZap}
          disabled={pending}
          {...(works ? { onClick: connection.test } : {})}
        >
          {works ? "Test again" : "Test the connection"}
        </Button>
        {!works && <span className="text-xs text-ink-muted">Nothing is stored by a test.</span>}
      </div>
    </form>
  );
}

interface NamesProps {
  name: string;
  slug: string;
  errors: Readonly<Record<string, string>>;
  onName: (name: string) => void;
  onSlug: (slug: string) => void;
}

function Names({ name, slug, errors, onName, onSlug }: NamesProps) {
  return (
    <div className="grid grid-cols-1 gap-x-3 gap-y-4 border-t pt-5 sm:grid-cols-2">
      <Field id="name" label="Name" error={errors["name"]} help="What people call this database.">
        {(wired) => (
          <Input
            {...wired}
            autoFocus
            maxLength={60}
            required
            value={name}
            onChange={(event) => onName(event.target.value)}
          />
        )}
      </Field>
      <Field
        id="slug"
        label="Word in addresses"
        optional
        error={errors["slug"]}
        help="Made from the name when left empty."
      >
        {(wired) => (
          <Input
            {...wired}
            maxLength={60}
            className="font-mono"
            value={slug}
            onChange={(event) => onSlug(event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}
