import type { ReactNode } from 'react';
import s from './marks.module.css';

export function Key({ children }: { children: ReactNode }) {
  return <kbd className={s.kbd}>{children}</kbd>;
}

export function Tag({ kind, children }: { kind?: 'line' | 'ok' | 'accent'; children: ReactNode }) {
  return (
    <span className={s.tag} data-kind={kind}>
      {children}
    </span>
  );
}
