export type { Role } from "@/lib/db/schema/people";
