import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Tooltip,
} from '@mantine/core';

const HARBOUR: MantineColorsTuple = [
  '#f0f8fd',
  '#e2eff7',
  '#a9d6f0',
  '#62b6e6',
  '#4aa3d4',
  '#2f8cbf',
  '#1d75a8',
  '#0a5e8c',
  '#084b70',
  '#063a57',
];

// Mantine's own dark greys are brown beside ours.
const DARK: MantineColorsTuple = [
  '#e7edf3',
  '#b4c0ca',
  '#93a1ae',
  '#677887',
  '#384753',
  '#24303a',
  '#1b252e',
  '#141c23',
  '#0e141a',
  '#0a1015',
];

/** Mantine dressed in Logbook's tokens. */
export const theme = createTheme({
  fontFamily: 'var(--font-sans)',
  fontFamilyMonospace: 'var(--font-mono)',
  headings: { fontFamily: 'var(--font-sans)', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '22px', xl: '26px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '12px' },
  defaultRadius: 'sm',
  colors: { harbour: HARBOUR, dark: DARK },
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 3 },
  autoContrast: true,
  // Mantine works the text colour out once, for the light scheme; the tokens have one for each.
  variantColorResolver: (input) => {
    const found = defaultVariantColorsResolver(input);
    const primary = input.color === undefined || input.color === input.theme.primaryColor;
    if (!primary) return found;
    if (input.variant === 'filled') {
      return { ...found, background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--accent-on)' };
    }
    if (input.variant === 'subtle') return { ...found, color: 'var(--accent)', hover: 'var(--bg-hover)' };
    return found;
  },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      vars: (_theme, props) => ({
        root:
          props.size === 'xs'
            ? { '--button-height': 'var(--h-ctl-sm)', '--button-padding-x': '8px', '--button-fz': '12px' }
            : props.size === 'lg'
              ? { '--button-height': '40px', '--button-padding-x': '18px', '--button-fz': '13px' }
              : { '--button-height': 'var(--h-ctl)', '--button-padding-x': '11px', '--button-fz': '13px' },
      }),
      styles: { label: { fontWeight: 500 } },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    // Within the landmark that it tells of: what hangs over the page beside all landmarks is found by nobody who goes by them.
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: false, fz: 12, withinPortal: false } }),
    Popover: { defaultProps: { shadow: 'md' } },
  },
});

/** Mantine's own variables pointed at the tokens, so that one file decides every colour. */
export const resolveVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--bg-app)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-default': 'var(--bg-surface)',
    '--mantine-color-default-hover': 'var(--bg-hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-disabled': 'var(--bg-sunken)',
    '--mantine-color-disabled-color': 'var(--text-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-color-error': 'var(--sev-critical)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
    '--mantine-primary-color-contrast': 'var(--accent-on)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent)',
  };
  return { variables: {}, light: shared, dark: shared };
};
