import { Bookmark } from "lucide";
import { ButtonFace, buttonClass } from "@/components/ui/button";
import { Menu, MenuLabel, MenuLine } from "@/components/ui/popover";
import type { SavedView } from "@/lib/browse/view";

interface Props {
  /** The page of the saved views of the table. */
  path: string;
  /** What of this page can be saved, as a query; "" when that is nothing. */
  query: string;
  views: readonly SavedView[];
}

const MOST_SHOWN = 12;

/** The saved views of a table, one's own first, and the way to save this one. */
export function ViewsMenu({ path, query, views }: Props) {
  const open = views.find(({ isOpen }) => isOpen);
  const own = views.filter(({ owner }) => owner === null);
  const others = views.filter(({ owner }) => owner !== null);
  return (
    <Menu
      id="views"
      label="Views"
      align="end"
      triggerClass={buttonClass({ size: "sm" })}
      trigger={
        <ButtonFace icon={Bookmark}>
          <span className="max-w-40 truncate">
            {open === undefined ? "Views" : <span className="sr-only">View: </span>}
            {open?.name}
          </span>
        </ButtonFace>
      }
    >
      <Group title="Yours" views={own} />
      <Group title="Shared by colleagues" views={others} />
      {views.length === 0 && <MenuLabel>No view of this table is saved yet</MenuLabel>}
      <MenuLine />
      {query === "" ? (
        <MenuLabel>Filter, sort or choose columns to save a view</MenuLabel>
      ) : (
        open === undefined && (
          <a href={path + query} data-soft="">
            Save this view
          </a>
        )
      )}
      <a href={path} data-soft="">
        {views.length === 0 ? "About views" : "All views"}
      </a>
    </Menu>
  );
}

function Group({ title, views }: { title: string; views: readonly SavedView[] }) {
  if (views.length === 0) return null;
  return (
    <>
      <MenuLabel>{title}</MenuLabel>
      {views.slice(0, MOST_SHOWN).map(({ id, name, href, isOpen }) => (
        <a key={id} href={href} data-soft="" aria-current={isOpen ? "true" : undefined}>
          <span className="truncate">{name}</span>
        </a>
      ))}
    </>
  );
}
