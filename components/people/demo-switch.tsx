import { MenuLabel, MenuLine } from "@/components/ui/popover";
import type { DemoChoice } from "@/lib/people/view";

interface Props {
  choices: readonly DemoChoice[];
  become: (form: FormData) => Promise<void>;
}

/** The demo's people, one press away, for the menu of the person; nothing outside of the demo. */
export function DemoMenu({ choices, become }: Props) {
  const others = choices.filter(({ isSelf }) => !isSelf);
  if (others.length === 0) return null;
  return (
    <>
      <MenuLabel>The demo: go on as</MenuLabel>
      <form action={become}>
        {others.map(({ id, name, does }) => (
          <button key={id} name="personId" value={id}>
            {name}
            <span className="ml-auto pl-4 text-xs text-ink-muted">{does}</span>
          </button>
        ))}
      </form>
      <MenuLine />
    </>
  );
}

/** The same below the sign-in form. */
export function DemoSignIn({ choices, become, next }: Props & { next: string }) {
  if (choices.length === 0) return null;
  return (
    <section aria-labelledby="demo">
      <h2 id="demo" className="text-sm font-medium text-ink">
        This is the demo. Come in as
      </h2>
      <form action={become} className="mt-2 overflow-hidden rounded-md border bg-surface">
        <input type="hidden" name="next" value={next} />
        {choices.map(({ id, name, does }) => (
          <button
            key={id}
            name="personId"
            value={id}
            className="flex w-full items-baseline gap-3 border-b px-3 py-1.5 text-left last:border-0 hover:bg-hover"
          >
            <span className="shrink-0 font-medium text-ink">{name}</span>
            <span className="ml-auto text-right text-xs">{does}</span>
          </button>
        ))}
      </form>
    </section>
  );
}
