import {
  IconClipboardCheck,
  IconCloudDownload,
  IconFileText,
  IconFolderSearch,
  IconLayoutDashboard,
  IconListSearch,
  IconRadar2,
  IconSettings,
} from '@tabler/icons-react';

/** The screens of the rail, in order; the letter goes there after `g`, and so does the number. */
export const SCREENS = [
  {
    to: '/overview',
    name: 'Overview',
    letter: 'o',
    icon: IconLayoutDashboard,
    hint: 'What the log holds, and what is new',
  },
  { to: '/', name: 'Explorer', letter: 'e', icon: IconListSearch, hint: 'Every entry, searched and filtered' },
  { to: '/findings', name: 'Findings', letter: 'f', icon: IconRadar2, hint: 'What the rules noticed' },
  {
    to: '/reviews',
    name: 'Reviews',
    letter: 'w',
    icon: IconClipboardCheck,
    hint: 'What is due, worksheets, exceptions and sign-off',
  },
  {
    to: '/investigations',
    name: 'Investigations',
    letter: 'i',
    icon: IconFolderSearch,
    hint: 'Cases: timeline, scope, remedies and story of an incident',
  },
  { to: '/reports', name: 'Reports', letter: 'r', icon: IconFileText, hint: 'A review report for auditors' },
  { to: '/archive', name: 'Archive', letter: 'a', icon: IconCloudDownload, hint: 'Source, fetching and coverage' },
] as const;

/** At the foot of the rail, without a number. */
export const SETTINGS = {
  to: '/settings',
  name: 'Settings',
  letter: 's',
  icon: IconSettings,
  hint: 'How the window behaves, and what the archive keeps of you',
} as const;

// Suppressions and rules are looked at as parts of Findings, the page of a person or a tunnel as part of the Explorer.
const PARTS: Readonly<Record<string, string>> = {
  '/suppressions': '/findings',
  '/rules': '/findings',
  '/person': '/',
  '/address': '/',
  '/tunnel': '/',
  '/team': '/',
  '/token': '/',
};

/** The screen of the rail that an address belongs to. */
export function screenOf(pathname: string): string {
  return PARTS[pathname] ?? pathname;
}
