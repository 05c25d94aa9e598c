/** A failure of the core as it may cross to the window: its sentences may name a folder, the window's name none. */
export function withoutPath<T extends { ok: false; error: { message: string } }>(failed: T): T {
  return {
    ...failed,
    error: {
      ...failed.error,
      message: failed.error.message.replace(/(^|\s)(?:[A-Za-z]:)?[\\/][^\s]*[\\/]([^\s\\/]+)/g, '$1$2'),
    },
  };
}
