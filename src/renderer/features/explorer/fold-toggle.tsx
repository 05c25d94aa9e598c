import { ActionIcon, Tooltip } from '@mantine/core';
import { IconFold } from '@tabler/icons-react';
import { memo } from 'react';

type Props = { readonly folded: boolean; readonly onTurn: () => void };

/** Whether the same, again and again, is one row. */
export const FoldToggle = memo(function FoldToggle({ folded, onTurn }: Props) {
  return (
    <Tooltip label={folded ? 'Show each repeat (R)' : 'Fold repeats (R)'}>
      <ActionIcon
        aria-label="Fold repeats"
        aria-pressed={folded}
        aria-keyshortcuts="r"
        variant={folded ? 'light' : 'subtle'}
        color={folded ? 'harbour' : 'gray'}
        onClick={onTurn}
      >
        <IconFold size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
});
