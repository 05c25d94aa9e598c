/** Files of a folder that may be exports of an audit log; a file that is named by itself is read whatever its name. */
export const EXPORT_NAMES = /\.(?:json|ndjson|jsonl|csv|log)(?:\.gz)?$/i;
