import { useEffect, useRef } from 'react';

export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT' || isTextInput(target))
  );
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type);
}

/** Whether the key already has a meaning where the focus is: letters in a field, Enter and Space on a button. */
function isTaken(event: KeyboardEvent): boolean {
  if (isTyping(event.target)) return true;
  const onControl = event.target instanceof HTMLElement && event.target.closest('button, a, [role="option"], summary');
  return (event.key === 'Enter' || event.key === ' ') && Boolean(onControl);
}

function hasLayer(): boolean {
  // Closed lists may stay in the document, unseen; a list that is a part of the page says so.
  const layers = document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]:not([data-in-page])');
  return [...layers].some((layer) => layer.checkVisibility());
}

/** Name of a key as the maps write it: `j`, `Enter`, `mod+k`. */
function nameOf(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : '';
  return `${mod}${event.key.length === 1 && mod ? event.key.toLowerCase() : event.key}`;
}

/**
 * Single-key commands of a screen. They rest while somebody types, while a dialog or menu is open, and where the
 * focused control has its own use for the key; combinations with Ctrl or Cmd always work.
 */
export function useKeys(map: KeyMap): void {
  const latest = useRef(map);
  latest.current = map;
  useEffect(() => {
    // A layer that the key closes is gone by the time the screen hears of it: whether there was one is looked at first.
    let layered = false;
    function look(event: KeyboardEvent): void {
      layered = latest.current[nameOf(event)] !== undefined && hasLayer();
    }
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.altKey) return;
      const handler = latest.current[nameOf(event)];
      if (!handler) return;
      if (!event.ctrlKey && !event.metaKey && (isTaken(event) || layered)) return;
      event.preventDefault();
      handler(event);
    }
    window.addEventListener('keydown', look, { capture: true });
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', look, { capture: true });
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}

/** Marks the button that opens the saved views; its id belongs to what it opens. */
export const VIEWS_BUTTON = { 'data-views': true } as const;

/** Opens the saved views where they are on screen; whether they are. */
export function openViews(): boolean {
  const button = document.querySelector<HTMLElement>('[data-views]');
  button?.click();
  return button !== null;
}

/** The element that `/` puts the cursor in. */
export const SEARCH_FIELD_ID = 'search-field';

export function focusSearch(): void {
  const field = document.getElementById(SEARCH_FIELD_ID);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}
