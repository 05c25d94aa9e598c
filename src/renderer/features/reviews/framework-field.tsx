import { NativeSelect } from '@mantine/core';
import { REPORT_TEMPLATES, TEMPLATE_NAMES } from '../../../shared/report-template.ts';

type Props = { readonly value: string; readonly onChange: (value: string) => void };

/** The framework a review is evidence for; an empty text where it is for none. */
export function FrameworkField({ value, onChange }: Props) {
  return (
    <NativeSelect
      size="xs"
      label="Framework"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={[
        ...REPORT_TEMPLATES.map((template) => ({ value: template, label: TEMPLATE_NAMES[template] })),
        { value: '', label: 'none' },
      ]}
    />
  );
}
