/** A line of a table for a spreadsheet (RFC 4180). */
export function csvLine(cells: readonly (string | number)[]): string {
  return cells.map(cell).join(',') + '\r\n';
}

// A cell that begins like a formula would be run by a spreadsheet.
function cell(value: string | number): string {
  const text = String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
