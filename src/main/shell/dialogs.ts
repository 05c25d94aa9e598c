import { join } from 'node:path';
import { type BrowserWindow, dialog } from 'electron';
import type { Dialogs } from './context.ts';

export type DialogOptions = {
  /** Dialogs are sheets of this window while there is one. */
  readonly window: () => BrowserWindow | null;
  /** Folder the dialogs start in. */
  readonly folder: string;
};

/** The system's own file dialogs; what they answer never reaches the window. */
export function createDialogs({ window, folder }: DialogOptions): Dialogs {
  const open = async (options: Electron.OpenDialogOptions): Promise<readonly string[] | null> => {
    const parent = window();
    const answer = parent ? await dialog.showOpenDialog(parent, options) : await dialog.showOpenDialog(options);
    return answer.canceled || answer.filePaths.length === 0 ? null : answer.filePaths;
  };
  return {
    async chooseFolder({ title, button }) {
      const properties: Electron.OpenDialogOptions['properties'] = ['openDirectory', 'createDirectory'];
      const chosen = await open({ title, buttonLabel: button, defaultPath: folder, properties });
      return chosen?.[0] ?? null;
    },
    chooseFiles: ({ title, button }) =>
      open({ title, buttonLabel: button, defaultPath: folder, properties: ['openFile', 'multiSelections'] }),
    async saveFile({ title, name, kind, extension }) {
      const options: Electron.SaveDialogOptions = {
        title,
        defaultPath: join(folder, name),
        filters: [{ name: kind, extensions: [extension] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      };
      const parent = window();
      const answer = parent ? await dialog.showSaveDialog(parent, options) : await dialog.showSaveDialog(options);
      return answer.canceled || answer.filePath === '' ? null : answer.filePath;
    },
  };
}
