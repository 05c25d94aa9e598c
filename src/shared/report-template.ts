/** The reports there are: each a framework in resources/frameworks. */
export const REPORT_TEMPLATES = ['soc2', 'iso27001', 'hipaa', 'pci', 'gdpr'] as const;
export type ReportTemplate = (typeof REPORT_TEMPLATES)[number];

/** What a person calls them. */
export const TEMPLATE_NAMES: Readonly<Record<ReportTemplate, string>> = {
  soc2: 'SOC 2',
  iso27001: 'ISO/IEC 27001',
  hipaa: 'HIPAA',
  pci: 'PCI DSS',
  gdpr: 'GDPR',
};

export function isReportTemplate(name: string): name is ReportTemplate {
  return (REPORT_TEMPLATES as readonly string[]).includes(name);
}
