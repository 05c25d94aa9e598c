import type { ReactNode } from 'react';
import s from './side.module.css';

/** A part of what stands beside a timeline. */
export function Part({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={s.part} aria-label={title}>
      <header className={s.head}>
        <h2>{title}</h2>
        <span className={s.grow} />
        {aside}
      </header>
      {children}
    </section>
  );
}
