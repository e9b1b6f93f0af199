import { ThemeSwitch } from "@/components/layout/theme-switch";
import type { Theme } from "@/components/layout/theme";
import { ActionForm } from "@/components/ui/action-form";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import type { JobsView } from "@/lib/jobs/view";
import type { SessionLine } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";
import { Card } from "./person-cards";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

interface LooksProps {
  theme: Theme;
  setTheme: (form: FormData) => Promise<void>;
  rows: string;
  setRows: (form: FormData) => Promise<void>;
}

const rowChoices = [
  { value: "dense", label: "Dense" },
  { value: "comfortable", label: "Comfortable" },
];

/** How the console looks in this browser. */
export function LooksCard({ theme, setTheme, rows, setRows }: LooksProps) {
  return (
    <Card title="Looks" help="Kept in this browser.">
      <div className="flex flex-wrap gap-x-10 gap-y-4">
        <div>
          <p className="mb-1 text-sm font-medium">Theme</p>
          <ThemeSwitch theme={theme} action={setTheme} />
        </div>
        <div>
          <p className="mb-1 text-sm font-medium">Rows of tables</p>
          <form action={setRows} aria-label="Rows of tables" className="segments">
            {rowChoices.map(({ value, label }) => (
              <button key={value} name="rows" value={value} aria-pressed={value === rows}>
                {label}
              </button>
            ))}
          </form>
        </div>
      </div>
    </Card>
  );
}

interface SessionsProps {
  lines: readonly SessionLine[];
  now: string;
  end: FormAction;
}

/** Where one is signed in, each to be ended. */
export function SessionsCard({ lines, now, end }: SessionsProps) {
  return (
    <Card
      title="Sessions"
      help="Where you are signed in. End what you do not know, then change your password."
    >
      {/* One form around all: it stays to say how it went when a line of it goes. */}
      <ActionForm action={end} className="grid gap-2">
        <ul className="grid">
          {lines.map((session) => (
            <li
              key={session.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2 last:border-0"
            >
              <span className="min-w-0 flex-[1_1_200px]">
                <span className="block font-medium">{session.device}</span>
                <span className="block text-sm text-ink-muted">
                  {session.ip && `${session.ip}, `}signed in <RelativeTime at={session.startedAt} now={now} />
                  , ends <RelativeTime at={session.expiresAt} now={now} />
                </span>
              </span>
              {session.isThis ? (
                <Badge tone="ok">This one</Badge>
              ) : (
                <SubmitButton variant="secondary" size="sm" name="sessionId" value={session.id}>
                  End<span className="sr-only"> the session in {session.device}</span>
                </SubmitButton>
              )}
            </li>
          ))}
        </ul>
      </ActionForm>
    </Card>
  );
}

/** Whether scans and checks of sources run here. */
export function JobsCard({ running }: JobsView) {
  return (
    <Card title="Background work" help="Scans of sources, comparing them on schedule, and e-mail.">
      <p className="flex items-center gap-2 text-sm">
        {running ? <Badge tone="ok">Running</Badge> : <Badge tone="danger">Not running</Badge>}
        {running
          ? "What is asked for is done, here or on another instance."
          : "This instance tries again every half minute. What is asked for waits; all else works. Tell an operator."}
      </p>
    </Card>
  );
}
