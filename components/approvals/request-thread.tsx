import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Thread, ThreadEntry } from "@/lib/approvals/view";
import type { FormState } from "@/lib/web/view";
import { WordsForm } from "./words-form";

type Send = (before: FormState, form: FormData) => Promise<FormState>;

interface Props {
  thread: Thread;
  comment: Send;
  answer: Send;
}

const noValues = "Never write a value here: others read it, and it stays.";

/** What was said about a request, oldest first, and where the reader says more. Words are text, whatever they hold. */
export function RequestThread({ thread, comment, answer }: Props) {
  const { entries, isOpen, mayWrite, mine, requestId } = thread;
  if (entries.length === 0 && !mayWrite) return null;
  return (
    <section id="thread" aria-label="Questions and comments" className="grid content-start gap-3">
      <h2 className="text-sm font-medium text-ink-muted">Questions and comments</h2>
      {entries.length > 0 && (
        <ol aria-label="What was said" className="divide-y rounded-md border bg-surface">
          {entries.map((entry) => (
            <li key={entry.id} className="grid gap-2 px-4 py-3">
              <Entry entry={entry} thread={thread} />
              {mine && mayWrite && entry.kind === "question" && !entry.answered && (
                <WordsForm
                  id={entry.id}
                  about={{ name: "questionId", id: entry.id }}
                  action={answer}
                  label={`Your answer to ${entry.by}`}
                  help={noValues}
                  send="Answer"
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {mayWrite && (
        <details>
          <summary className="disclosure w-fit text-sm">Write a comment</summary>
          <div className="mt-3 max-w-xl">
            <WordsForm
              id="comment"
              about={{ name: "requestId", id: requestId }}
              action={comment}
              label="Your comment"
              help={`${mine ? "Those who decide read" : `${thread.requester} and those who decide read`} this. ${noValues}`}
              send="Comment"
            />
          </div>
        </details>
      )}
      {!isOpen && (
        <p className="text-sm text-ink-muted">
          This request is over, so nothing more is said about it. What was said stays.
        </p>
      )}
    </section>
  );
}

function Entry({ entry, thread }: { entry: ThreadEntry; thread: Thread }) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1 text-sm">
        <span className="font-medium">{titleOf(entry, thread)}</span>
        <RelativeTime at={entry.at} now={thread.now} className="text-xs text-ink-muted" />
        {entry.kind === "question" && (
          <span className="ml-auto">
            {entry.answered ? <Badge tone="ok">Answered</Badge> : <Badge tone="accent">Not answered</Badge>}
          </span>
        )}
      </p>
      {entry.words === null ? (
        <p className="text-sm text-danger">
          These words are not what was written: they were changed outside Glimpse. Tell an admin.
        </p>
      ) : (
        <p className="text-sm wrap-anywhere whitespace-pre-wrap">{entry.words}</p>
      )}
    </>
  );
}

function titleOf({ kind, by, mine, to }: ThreadEntry, thread: Thread): string {
  const who = mine ? "You" : by;
  if (kind === "question") return `${who} asked ${thread.mine ? "you" : thread.requester}`;
  return kind === "answer" ? `${who} answered ${to ?? ""}` : `${who} wrote`;
}
