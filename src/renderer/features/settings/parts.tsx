import type { ReactNode } from 'react';
import { FailureNote } from '../../ui/notes.tsx';
import { SECTIONS, type SectionId } from './sections.ts';
import s from './settings.module.css';

/** A part of the page with its name, to which the index and addresses lead. */
export function Section({ id, lead, children }: { id: SectionId; lead?: ReactNode; children: ReactNode }) {
  const name = SECTIONS.find((one) => one.id === id)?.name ?? id;
  return (
    <section className={s.section} id={anchorOf(id)} aria-labelledby={`${anchorOf(id)}-name`} data-section={id}>
      <h2 id={`${anchorOf(id)}-name`} tabIndex={-1}>
        {name}
      </h2>
      {lead && <p className={s.lead}>{lead}</p>}
      <div className={s.panel}>{children}</div>
    </section>
  );
}

/** One setting: what it is at the left, the control at the right, what it does below, and what went wrong with it. */
export function Setting(props: {
  readonly name: string;
  /** Id of the control that the name labels, where it is a single one. */
  readonly labels?: string;
  readonly hint?: ReactNode;
  readonly error?: unknown;
  readonly children: ReactNode;
}) {
  return (
    <div className={s.setting}>
      {props.labels ? (
        <label className={s.name} htmlFor={props.labels}>
          {props.name}
        </label>
      ) : (
        <span className={s.name}>{props.name}</span>
      )}
      <div className={s.control}>
        {props.children}
        {props.hint && <p className={s.hint}>{props.hint}</p>}
        {props.error ? <FailureNote error={props.error} /> : null}
      </div>
    </div>
  );
}

export function anchorOf(id: SectionId): string {
  return `settings-${id}`;
}
