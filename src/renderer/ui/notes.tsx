import { IconAlertCircle } from '@tabler/icons-react';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import type { Severity } from '../../shared/finding.ts';
import { failureOf } from '../lib/client.ts';
import s from './notes.module.css';
import { SeverityMark } from './severity-mark.tsx';

/** A failure with its way on. Announced when it appears. */
export function FailureNote({ error, actions }: { error: unknown; actions?: ReactNode }) {
  const failure = failureOf(error);
  return (
    <div className={s.failure} role="alert">
      <IconAlertCircle size={16} stroke={1.6} aria-hidden />
      <div>
        <p className={s.message}>{failure.message}</p>
        <p>{failure.hint}</p>
      </div>
      {actions}
    </div>
  );
}

/** Says why there is nothing, and what can be done. */
export function EmptyState(props: { icon?: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={s.empty}>
      {props.icon}
      <h2>{props.title}</h2>
      {props.children && <p>{props.children}</p>}
      {props.actions && <div className={s.actions}>{props.actions}</div>}
    </div>
  );
}

export function Banner({
  severity,
  children,
  action,
}: {
  severity: Severity;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={s.banner} data-severity={severity} role="status">
      <SeverityMark severity={severity} />
      <div className={s.grow}>{children}</div>
      {action}
    </div>
  );
}

export function Panel({
  title,
  note,
  action,
  children,
  className,
}: {
  title?: string;
  note?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}) {
  return (
    <section className={clsx(s.panel, className)} aria-label={title}>
      {title && (
        <header className={s.head}>
          <h2>{title}</h2>
          {note && <span className={s.note}>{note}</span>}
          <span className={s.grow} />
          {action}
        </header>
      )}
      {children}
    </section>
  );
}
