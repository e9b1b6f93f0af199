import type { Metadata } from "next";
import { AuthCard } from "@/components/layout/auth-card";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "No such page" };

export default function NotFound() {
  return (
    <AuthCard title="There is no such page" description="Check the address, or start from home.">
      <ButtonLink href="/" variant="primary">
        Home
      </ButtonLink>
    </AuthCard>
  );
}
