import rows from "./rows.json";

export const dynamic = "force-dynamic";

/** The same cells as the measured page, from memory: no session, no database, no console around them. */
export default function BarePage() {
  return (
    <table>
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell, index) => (
              <td key={index}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
