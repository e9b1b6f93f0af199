/** The mark of Glimpse, an eye closed to a slit. Decoration: the name stands beside it or on its link. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" width={size} height={size} fill="currentColor" className="shrink-0">
      <path
        fillRule="evenodd"
        d="M7 1h10a6 6 0 0 1 6 6v10a6 6 0 0 1-6 6H7a6 6 0 0 1-6-6V7a6 6 0 0 1 6-6ZM3.2 12.4c5 4.6 12.6 4.6 17.6 0-5.2-2.4-12.4-2.4-17.6 0Z"
      />
      <path d="M9.7 10.7a2.65 2.65 0 1 0 4.6 0 19 19 0 0 0-4.6 0Z" />
    </svg>
  );
}
