import { Lock } from "lucide";
import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function Forbidden() {
  return (
    <Page width="full">
      <EmptyState
        isPage
        icon={Lock}
        title="Your roles do not open this page"
        actions={<ButtonLink href="/">Home</ButtonLink>}
      >
        An admin can change your roles under People. That you tried is on record, as every refusal is.
      </EmptyState>
    </Page>
  );
}
