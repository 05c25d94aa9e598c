/**
 * Keeps a spreadsheet from running a cell as a formula: a leading `=`, `+`, `-`, `@` (full-width ones too), tab or line
 * break gets an apostrophe before it (OWASP, "CSV Injection"). The JSON exports keep the original.
 */
export function neutralise(cell: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}
