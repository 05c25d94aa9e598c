import { Text } from '@codemirror/state';
import { IconAlertCircle } from '@tabler/icons-react';
import type { BackTest } from '../../../shared/detection-contract.ts';
import { placeOf } from './diagnostics.ts';
import s from './rules.module.css';

type Problem = BackTest['problems'][number];

type Props = {
  readonly text: string;
  readonly problems: readonly Problem[];
  readonly onShow: (problem: Problem) => void;
};

/** What keeps the text from being used, each with its place; a click goes there. */
export function ProblemList({ text, problems, onShow }: Props) {
  const doc = Text.of(text.split('\n'));
  return (
    <ul className={s.problems} aria-live="polite" aria-label="Problems">
      {problems.map((problem) => {
        const { line, column } = placeOf(problem, doc);
        return (
          <li key={`${problem.line} ${problem.reason}`}>
            <IconAlertCircle size={14} stroke={1.6} aria-hidden />
            <button type="button" className={s.place} onClick={() => onShow(problem)}>
              Line {line}, column {column}
            </button>
            <span>{problem.reason}.</span>
          </li>
        );
      })}
    </ul>
  );
}
