import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { getNonce } from 'get-nonce';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { BackTest } from '../../../shared/detection-contract.ts';
import { diagnosticOf } from './diagnostics.ts';
import { completeRule } from './rule-words.ts';
import { yamlTheme } from './yaml-theme.ts';

export type EditorHandle = {
  /** Puts the cursor where a problem is marked. */
  readonly show: (problem: BackTest['problems'][number]) => void;
};

type Props = {
  /** What stands in it at first; a later change of it is not taken up. */
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly problems: BackTest['problems'];
  readonly onChange: (text: string) => void;
  readonly onSave: () => void;
  readonly ref?: React.Ref<EditorHandle>;
};

/** A rule's text, coloured, completed, and with its problems marked. */
export function YamlEditor({ text, label, readOnly, problems, onChange, onSave, ref }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ onChange, onSave });
  latest.current = { onChange, onSave };
  const first = useRef(text);

  useEffect(() => {
    if (!host.current) return;
    const nonce = getNonce();
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          ...(nonce ? [EditorView.cspNonce.of(nonce)] : []),
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
          lineNumbers(),
          yaml(),
          yamlTheme,
          EditorView.lineWrapping,
          ...(readOnly
            ? [EditorState.readOnly.of(true)]
            : [
                history(),
                drawSelection(),
                highlightActiveLine(),
                highlightActiveLineGutter(),
                indentOnInput(),
                bracketMatching(),
                closeBrackets(),
                lintGutter(),
                EditorView.domEventHandlers({ beforeinput: replaceSelected }),
                autocompletion({ override: [completeRule] }),
                keymap.of([
                  {
                    key: 'Mod-s',
                    run: () => {
                      latest.current.onSave();
                      return true;
                    },
                  },
                  ...closeBracketsKeymap,
                  ...completionKeymap,
                  // Tab indents, so that Esc is the way out by keyboard; a list of completions closes first.
                  { key: 'Escape', run: leave },
                  ...lintKeymap,
                  ...historyKeymap,
                  indentWithTab,
                  ...defaultKeymap,
                ]),
                EditorView.updateListener.of((update) => {
                  if (update.docChanged) latest.current.onChange(update.state.doc.toString());
                }),
              ]),
        ],
      }),
    });
    view.current = editor;
    return () => {
      editor.destroy();
      view.current = null;
    };
  }, [label, readOnly]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || readOnly) return;
    const { doc } = editor.state;
    editor.dispatch(
      setDiagnostics(
        editor.state,
        problems.map((problem) => diagnosticOf(problem, doc)),
      ),
    );
  }, [problems, readOnly]);

  useImperativeHandle(ref, () => ({
    show: (problem) => {
      const editor = view.current;
      if (!editor) return;
      const { from, to } = diagnosticOf(problem, editor.state.doc);
      editor.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
      editor.focus();
    },
  }));

  return <div ref={host} className="rule-editor" style={{ height: '100%', minHeight: 0 }} />;
}

// Where text is typed over several lines, the browser would carry their look over into style attributes, which the
// page's policy refuses.
function replaceSelected(event: InputEvent, editor: EditorView): boolean {
  if (event.inputType !== 'insertText' || event.data === null || editor.state.selection.main.empty) return false;
  event.preventDefault();
  editor.dispatch(editor.state.update(editor.state.replaceSelection(event.data), { userEvent: 'input.type' }));
  return true;
}

function leave(editor: EditorView): boolean {
  editor.contentDOM.blur();
  return true;
}
