// The scripts run before anything is installed, so they are plain JavaScript; this is what tests use of them.
declare module '*/scripts/runtime.mjs' {
  export function nodeBinary(): string;
  export function electronBinary(): string | null;
  export function findBrowser(): string | null;
}
