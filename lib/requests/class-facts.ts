import { dataClass } from "@/lib/catalog/classes";
import type { AskableClass } from "@/lib/requests/asked";

/** What a data class says about asking for its values; a class that is not known opens for nobody. */
export function askableClass(classId: string): AskableClass {
  const known = dataClass(classId);
  if (!known) return { title: "No class", sensitivity: 4, maxRevealMinutes: 0 };
  const { title, sensitivity, maxRevealMinutes } = known;
  return { title, sensitivity, maxRevealMinutes };
}
