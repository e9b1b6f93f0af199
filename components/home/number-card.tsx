import { ButtonLink } from "@/components/ui/button";
import { HomeCard } from "./home-card";

interface Props {
  title: string;
  /** Each a number with its word. */
  numbers: readonly { value: number; label: string; tone?: "danger" }[];
  action: { href: string; label: string };
  children?: React.ReactNode;
}

/** A few numbers that say whether something waits, and where to go. */
export function NumberCard({ title, numbers, action, children }: Props) {
  return (
    <HomeCard title={title}>
      <div className="flex flex-wrap items-end gap-x-8 gap-y-3 px-4 py-3">
        <dl className="flex flex-wrap gap-x-8 gap-y-3">
          {numbers.map(({ value, label, tone }) => (
            <div key={label} className="flex flex-col-reverse">
              <dt className="text-sm text-ink-muted">{label}</dt>
              <dd
                className={
                  tone === "danger" && value > 0
                    ? "text-xl font-semibold text-danger"
                    : "text-xl font-semibold"
                }
              >
                {value.toLocaleString("en-US")}
              </dd>
            </div>
          ))}
        </dl>
        <ButtonLink href={action.href} size="sm" className="ml-auto">
          {action.label}
        </ButtonLink>
      </div>
      {children}
    </HomeCard>
  );
}
