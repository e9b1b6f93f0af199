"use client";

import { useState, useTransition } from "react";
import { FindingList } from "@/components/catalog/finding-list";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import type { Answer, SourceCard } from "@/lib/catalog/view";
import type { CheckedView, HardeningActions, HardeningView } from "@/lib/hardening/view";

interface Props extends HardeningActions {
  source: SourceCard;
  roles: HardeningView["roles"];
}

const fields = [
  ["masked", "Address of the masked role"],
  ["reveal", "Address of the role of reveals"],
] as const;

/** The addresses of the two roles of a source: has them checked, and has the source read by them. */
export function HardenForm({ source, roles, check, harden }: Props) {
  const [form, setForm] = useState({ masked: "", reveal: "" });
  const [checked, setChecked] = useState<CheckedView | null>(null);
  const [refused, setRefused] = useState<Extract<Answer<never>, { ok: false }> | null>(null);
  const [pending, start] = useTransition();
  const wanted = { sourceId: source.id, version: source.version, ...form };
  const send = <T,>(answering: Promise<Answer<T>>, onDone: (output: T) => void) =>
    start(async () => {
      const answer = await answering.catch(() => unreachable);
      setRefused(answer.ok ? null : answer);
      if (answer.ok) onDone(answer.output);
    });
  return (
    <form
      aria-label="The two roles"
      autoComplete="off"
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send(harden(wanted), ({ name }) =>
          announce({ text: `The database of ${name} masks now`, tone: "ok" }),
        );
      }}
    >
      {fields.map(([name, label]) => (
        <Field key={name} id={name} label={label} error={refused?.fields[name]}>
          {(wired) => (
            <Input
              {...wired}
              type="password"
              autoComplete="off"
              required
              placeholder={`postgres://${roles[name]}:password@${source.host}/${source.database}`}
              value={form[name]}
              onChange={(event) => {
                setForm({ ...form, [name]: event.target.value });
                setChecked(null);
              }}
            />
          )}
        </Field>
      ))}
      {refused && (
        <Message tone="error" title={refused.what}>
          {refused.next}
        </Message>
      )}
      {checked && (
        <div role="status">
          <FindingList label="What was checked" findings={checked.findings} />
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" disabled={pending}>
          {source.hardened ? "Use these roles" : "Let the database mask"}
        </Button>
        <Button disabled={pending} onClick={() => send(check(wanted), setChecked)}>
          Check
        </Button>
      </div>
    </form>
  );
}

const unreachable = {
  ok: false,
  what: "The server could not be reached.",
  next: "Nothing was changed. Try again in a moment.",
  fields: {} as Record<string, string>,
} as const;
