/** The file formats entries can be exported to. */
export const EXPORT_FORMATS = ['json', 'ndjson', 'csv', 'parquet', 'ocsf', 'cef'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The ending a file of the format has by custom. */
export const EXPORT_EXTENSIONS: Readonly<Record<ExportFormat, string>> = {
  json: 'json',
  ndjson: 'ndjson',
  csv: 'csv',
  parquet: 'parquet',
  ocsf: 'ndjson',
  cef: 'cef',
};
