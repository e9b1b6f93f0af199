import { useState, useTransition } from "react";
import { announce } from "@/components/ui/announce";
import type { Policy, PolicyVersionView, SaveAnswer } from "@/lib/policies/view";
import type { Rule } from "./policy-words";

/** A rule under a key of its own, so that what is typed into it moves with it. */
export type KeptRule = { key: number; rule: Rule };
export type Save = (draft: object) => Promise<SaveAnswer>;

const unanswered = {
  what: "Glimpse did not answer.",
  next: "What you wrote is still here; try again.",
  fields: {},
};

const freshRule = (n: number): Rule => ({
  name: `New rule ${n}`,
  when: "true",
  outcome: { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] },
  shadow: false,
  caps: {},
  ticketNeeded: false,
  stepUp: false,
  purposes: [],
  breakGlass: false,
});

export type Editor = ReturnType<typeof useEditor>;

/** A draft while it is written: its rules in their order, the rest of it, and the way to save it. */
export function useEditor(view: PolicyVersionView, save: Save) {
  const [rules, setRules] = useState<readonly KeptRule[]>(() =>
    view.policy.rules.map((rule, key) => ({ key, rule })),
  );
  const [nextKey, setNextKey] = useState(rules.length);
  const [rest, setRest] = useState<Omit<Policy, "rules">>(view.policy);
  const [note, setNote] = useState(view.note);
  const [savedVersion, setSavedVersion] = useState(view.version);
  const [refusal, setRefusal] = useState<Extract<SaveAnswer, { ok: false }> | null>(null);
  const [dirty, setDirty] = useState(false);
  const [pending, start] = useTransition();

  const arrange = (arranged: readonly KeptRule[]) => {
    setRules(arranged);
    setDirty(true);
    // Problems are named by the place of their rule, which is another now.
    setRefusal(null);
  };
  return {
    ...{ rules, rest, note, refusal, dirty, pending },
    add: () => {
      arrange([...rules, { key: nextKey, rule: freshRule(nextKey + 1) }]);
      setNextKey(nextKey + 1);
    },
    move: (from: number, to: number) => {
      const moved = rules[from];
      if (moved && rules[to]) arrange(rules.toSpliced(from, 1).toSpliced(to, 0, moved));
    },
    remove: (at: number) => arrange(rules.toSpliced(at, 1)),
    change: (at: number, change: Partial<Rule>) => {
      setRules((all) => all.map((one, n) => (n === at ? { ...one, rule: { ...one.rule, ...change } } : one)));
      setDirty(true);
    },
    changeRest: (change: Partial<Omit<Policy, "rules">>) => {
      setRest((before) => ({ ...before, ...change }));
      setDirty(true);
    },
    changeNote: (text: string) => {
      setNote(text);
      setDirty(true);
    },
    save: () =>
      start(async () => {
        // A test that was run beside the editor has moved the version on.
        const version = Math.max(savedVersion, view.version);
        const document = { ...rest, rules: rules.map(({ rule }) => rule) };
        const draft = { number: view.number, version, note, document };
        const answer = await save(draft).catch(() => ({ ok: false as const, ...unanswered }));
        setRefusal(answer.ok ? null : answer);
        if (!answer.ok) return;
        setSavedVersion(answer.output.version);
        setDirty(false);
        const tried = answer.output.passed ? "every scenario passes" : "not every scenario passes yet";
        announce({ text: `Saved; ${tried}`, tone: "ok" });
      }),
  };
}
