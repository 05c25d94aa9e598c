import type { FaultKind } from './fault.ts';

export const cappedPages: FaultKind = {
  name: 'cap',
  summary: 'silently serves no more than so many entries a page (10 unless said otherwise)',
  make: (_chance, most) => ({
    transient: false,
    misread: (query) => ({ ...query, perPage: Math.min(query.perPage, Math.max(1, most ?? 10)) }),
  }),
};

export const refusedPageSize: FaultKind = {
  name: '422-per-page',
  summary: 'refuses pages of more than so many entries (50 unless said otherwise)',
  make: (_chance, most) => ({
    transient: false,
    refuse: ({ perPage }) => {
      const limit = most ?? 50;
      return perPage <= limit ? null : refusal('per_page', `The per page field must not be greater than ${limit}.`);
    },
  }),
};

export const shallowPages: FaultKind = {
  name: 'shallow',
  summary: 'refuses pages beyond a number (20 unless said otherwise)',
  make: (_chance, last) => ({
    transient: false,
    refuse: ({ page }) => {
      const limit = last ?? 20;
      return page <= limit ? null : refusal('page', `The page field must not be greater than ${limit}.`);
    },
  }),
};

function refusal(field: string, message: string) {
  return { message, errors: { [field]: [message] } };
}
