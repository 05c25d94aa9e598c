import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Entity } from '../../shared/entity.ts';
import { entityAddress } from '../lib/entity-address.ts';

type Props = {
  /** Null where there is no page to lead to: what stands inside is then shown as it is. */
  readonly entity: Entity | null;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** A value of the log that leads to its own page. */
export function EntityLink({ entity, className, children }: Props) {
  if (entity === null) return children;
  return (
    <Link {...entityAddress(entity)} className={className ?? ''}>
      {children}
    </Link>
  );
}
