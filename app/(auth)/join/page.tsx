import type { Metadata } from "next";
import { AuthCard } from "@/components/layout/auth-card";
import { EntranceForm } from "@/components/people/entrance-form";
import { TextLink } from "@/components/ui/text-link";
import { readInvitation } from "@/lib/people/accept-invitation";
import { rolesInWords } from "@/lib/people/role";
import { visitor } from "@/lib/web/context";
import { join } from "../actions";

export const metadata: Metadata = { title: "Join" };

interface Props {
  searchParams: Promise<{ token?: string | string[] }>;
}

export default async function JoinPage({ searchParams }: Props) {
  const { token } = await searchParams;
  const invited = typeof token === "string" ? await readInvitation(await visitor(), token) : null;
  if (typeof token !== "string" || !invited) {
    return (
      <AuthCard
        title="This link does not work any more"
        footer={<TextLink href="/sign-in">Sign in</TextLink>}
      >
        <p className="text-sm">
          It was used already or has run out. An admin can make a new one for you under People.
        </p>
      </AuthCard>
    );
  }
  const { name, email, isNew, roles } = invited;
  return (
    <AuthCard
      title={isNew ? "Join Glimpse" : "Choose a new password"}
      description={
        isNew ? `You were invited as: ${rolesInWords(roles)}.` : "You are signed out everywhere else."
      }
    >
      <EntranceForm
        action={join}
        token={token}
        name={name}
        email={email}
        submit={isNew ? "Join" : "Set the password"}
      />
    </AuthCard>
  );
}
