import { pageContext } from "@/lib/web/context";

export default async function HomePage() {
  const ctx = await pageContext("home");
  return <h1 className="p-6 text-xl font-medium">{ctx.actor.name}</h1>;
}
