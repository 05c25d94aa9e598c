/**
 * Keeps a spreadsheet from running a cell as a formula: a leading `=`, `+`, `-`, `@`, tab or carriage return gets an
 * apostrophe before it (OWASP, "CSV Injection"). The JSON exports keep the original.
 */
export function neutralise(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
