import { type ClassBook, dataClass, proposedMask } from "@/lib/catalog/classes";
import type { ColumnType } from "@/lib/catalog/column-type";
import type { CatalogTable } from "@/lib/catalog/table";
import { contextsOf } from "@/lib/discovery/names/context";
import { columnWords } from "@/lib/discovery/names/match";
import { type Mask, maskFits, maskKey } from "@/lib/masking/mask";

type Facts = Pick<CatalogTable, "schema" | "name" | "keyColumns" | "refersTo"> & {
  columns: readonly Pick<CatalogTable["columns"][number], "name" | "readable" | "gone">[];
};

/** Whom a health record is about, where it names several people: not who treats them. */
const subjects: ReadonlySet<string> = new Set(
  "patient client customer member insured resident participant donor paciente paziente pacjent".split(" "),
);

/**
 * The column that names whom a row is about: the key of a table of people, or what refers to one. Null where there is
 * none that can be read, or several of which nothing tells who is treated and who treats.
 */
export function personColumn(table: Facts): string | null {
  const people = table.refersTo.flatMap(({ columns: [column, ...more], other }) =>
    column !== undefined && more.length === 0 && isOfPeople(other) ? [{ column, other }] : [],
  );
  const patients = people.filter(({ other }) => columnWords(other.name).some((word) => subjects.has(word)));
  const own = table.keyColumns.length === 1 && isOfPeople(table) ? table.keyColumns : [];
  const found = [own, patients.map(({ column }) => column), people.map(({ column }) => column)].find(
    (columns) => columns.length > 0,
  );
  const [only, ...others] = new Set(found);
  const column = table.columns.find(({ name }) => name === only);
  return others.length === 0 && column?.readable === true && !column.gone ? column.name : null;
}

function isOfPeople({ schema, name }: { schema: string; name: string }): boolean {
  const words = columnWords(name);
  return contextsOf({ schema, words, columns: [], key: [], refersTo: [] }).has("person");
}

/**
 * The mask to propose for a class on a type in a table: health dates are moved by the person they are of, where the
 * table names one, so that the time between them stays; all else as the class says.
 */
export function proposedIn(
  person: string | null,
  classId: string,
  type: ColumnType,
  classes: ClassBook,
): Mask {
  const shift = person === null ? null : shiftOf(person, classId, classes);
  return shift !== null && maskFits(type, shift) ? shift : proposedMask(classId, type, classes);
}

const shifted = "health_date";

/** The mask that moves a class by a person; null for a class that is not moved, or is given another mask. */
function shiftOf(person: string, classId: string, classes: ClassBook): Mask | null {
  const builtIn = dataClass(shifted);
  const now = classes.get(classId);
  const isUsual = builtIn && now && maskKey(now.defaultMask) === maskKey(builtIn.defaultMask);
  return classId === shifted && isUsual ? { method: "shift", person } : null;
}

/** The masks that a table wants for classes in place of theirs, as keys by class. */
export function tableMaskKeys(person: string | null, classes: ClassBook): Record<string, string> {
  const shift = person === null ? null : shiftOf(person, shifted, classes);
  return shift === null ? {} : { [shifted]: maskKey(shift) };
}
