import { SearchX } from "lucide";
import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <Page width="full">
      <EmptyState
        isPage
        icon={SearchX}
        title="There is nothing here, or nothing that you may see"
        actions={<ButtonLink href="/">Home</ButtonLink>}
      >
        Check the address, or go back to the list from which you came.
      </EmptyState>
    </Page>
  );
}
