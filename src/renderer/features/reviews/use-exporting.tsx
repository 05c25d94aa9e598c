import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { call, failureOf } from '../../lib/client.ts';
import { counted } from '../../lib/number.ts';
import { visible } from '../../lib/visible-text.ts';
import { complain } from '../../ui/toasts.tsx';

/** Writes the review's bundle into a folder that the person chooses. */
export function useExporting(id: string): { readonly start: () => void; readonly pending: boolean } {
  const writing = useMutation({
    mutationFn: () => call('reviews.export', { id }),
    onSuccess: (done) => {
      if (done === null) return;
      const manifest = done.files.find(({ name }) => name.startsWith('manifest'));
      notifications.show({
        title: `Written: ${visible(done.folderName)}`,
        message: `${counted(done.files.length, 'file', 'files')}${manifest ? `, ${manifest.name} sha256 ${manifest.sha256}` : ''}`,
        autoClose: 15_000,
        closeButtonProps: { 'aria-label': 'Close' },
      });
    },
    onError: (error) => {
      if (failureOf(error).code !== 'cancelled') complain(error);
    },
  });
  return { start: () => writing.mutate(), pending: writing.isPending };
}
