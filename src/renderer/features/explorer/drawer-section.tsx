import type { ReactNode } from 'react';
import { SafeText } from '../../ui/safe-text.tsx';
import s from './drawer.module.css';

export function Field({ name, mono, children }: { name: string; mono?: boolean; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={mono ? s.mono : undefined}>{children}</dd>
    </>
  );
}

export function Section({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className={s.section} aria-label={title}>
      <div className={s.head}>
        <h3>
          <SafeText text={title} />
        </h3>
        {action}
      </div>
      {children}
    </section>
  );
}
