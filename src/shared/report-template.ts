/** The evidence reports there are: each a framework in resources/frameworks. */
export const REPORT_TEMPLATES = ['soc2', 'iso27001', 'hipaa', 'pci', 'gdpr'] as const;
export type ReportTemplate = (typeof REPORT_TEMPLATES)[number];

/** The short ones: lists of what somebody looks at every week or month, or wants to know of one person. */
export const SHORT_REPORTS = ['permissions', 'tokens', 'person'] as const;
export type ShortReport = (typeof SHORT_REPORTS)[number];

export const REPORT_KINDS = [...REPORT_TEMPLATES, ...SHORT_REPORTS] as const;
export type ReportKind = ReportTemplate | ShortReport;

/** Whatever leaves the archive as a report: the report of a case is made from the case, not chosen among the others. */
export const ISSUED_KINDS = [...REPORT_KINDS, 'incident'] as const;
export type IssuedKind = (typeof ISSUED_KINDS)[number];

/** What a person calls them. */
export const TEMPLATE_NAMES: Readonly<Record<IssuedKind, string>> = {
  soc2: 'SOC 2',
  iso27001: 'ISO/IEC 27001',
  hipaa: 'HIPAA',
  pci: 'PCI DSS',
  gdpr: 'GDPR',
  permissions: 'Permission changes',
  tokens: 'API tokens',
  person: 'One person',
  incident: 'Incident',
};

export function isReportTemplate(name: string): name is ReportTemplate {
  return (REPORT_TEMPLATES as readonly string[]).includes(name);
}

export function isReportKind(name: string): name is ReportKind {
  return (REPORT_KINDS as readonly string[]).includes(name);
}

export function isShortReport(kind: ReportKind): kind is ShortReport {
  return (SHORT_REPORTS as readonly string[]).includes(kind);
}
