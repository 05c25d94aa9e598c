import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The editor in the tokens of the house, so that light and dark follow by themselves. */
export const yamlTheme = [
  EditorView.theme({
    '&': { height: '100%', fontSize: '12px', color: 'var(--text)', backgroundColor: 'var(--bg-surface)' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '19px' },
    '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
    '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '.cm-gutters': {
      backgroundColor: 'var(--bg-app)',
      color: 'var(--text-3)',
      borderRight: '1px solid var(--line)',
    },
    '.cm-activeLine': { backgroundColor: 'transparent' },
    '.cm-activeLineGutter': { backgroundColor: 'var(--bg-selected)', color: 'var(--text)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'var(--bg-selected)',
    },
    '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
      backgroundColor: 'var(--bg-mark)',
      color: 'inherit',
    },
    '.cm-tooltip': {
      backgroundColor: 'var(--bg-raised)',
      color: 'var(--text)',
      border: '1px solid var(--line-strong)',
      borderRadius: '7px',
      overflow: 'hidden',
    },
    '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      backgroundColor: 'var(--bg-selected)',
      color: 'var(--text)',
    },
    '.cm-completionDetail': { color: 'var(--text-3)', fontStyle: 'normal' },
    '.cm-diagnostic': { fontFamily: 'var(--font-sans)', padding: '5px 9px', maxWidth: '420px' },
    '.cm-diagnostic-error': { borderLeft: '3px solid var(--sev-critical)' },
    '.cm-lintRange-error': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--sev-critical) 1px',
      textUnderlineOffset: '3px',
    },
    '.cm-lint-marker-error': { content: '"!"', color: 'var(--sev-critical)', fontWeight: '700', textAlign: 'center' },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--syn-key)' },
      { tag: [tags.string, tags.special(tags.string)], color: 'var(--syn-str)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--syn-date)' },
      { tag: [tags.comment, tags.lineComment], color: 'var(--text-3)' },
      { tag: [tags.punctuation, tags.separator, tags.bracket, tags.squareBracket, tags.brace], color: 'var(--text-2)' },
    ]),
  ),
];
