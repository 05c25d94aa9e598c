import type { Entity } from '../../shared/entity.ts';

/** Where the page of a person, address, tunnel, team or token is: what `Link` and `navigate` take. */
export function entityAddress({ kind, value }: Entity) {
  switch (kind) {
    case 'person':
      return { to: '/person', search: { id: value } } as const;
    case 'address':
      return { to: '/address', search: { ip: value } } as const;
    case 'tunnel':
      return { to: '/tunnel', search: { id: value } } as const;
    case 'team':
      return { to: '/team', search: { id: value } } as const;
    case 'token':
      return { to: '/token', search: { id: value } } as const;
  }
}
