import type { AskableClass } from "@/lib/requests/asked";

const known: Record<string, AskableClass> = {
  email: { title: "E-mail address", sensitivity: 2, maxRevealMinutes: 60, hasPartial: true },
  phone: { title: "Phone number", sensitivity: 2, maxRevealMinutes: 60, hasPartial: true },
  pan: { title: "Card number", sensitivity: 4, maxRevealMinutes: 5, hasPartial: true },
  card_security: { title: "Card security code", sensitivity: 4, maxRevealMinutes: 0, hasPartial: false },
};

/** What a data class says about asking for its values; a class that is not known opens for nobody. */
export function askableClass(classId: string): AskableClass {
  return known[classId] ?? { title: classId, sensitivity: 4, maxRevealMinutes: 0, hasPartial: false };
}
