import { TextInput } from '@mantine/core';
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import { useArchive } from '../../lib/app-state.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import s from './settings.module.css';

type Signer = {
  /** Who is named in the archive's history; asks for it and answers null where nobody is yet. */
  sign(): string | null;
  readonly field: ReactNode;
};

const Context = createContext<Signer>({ sign: () => null, field: null });

/** Names whoever changes the archive's settings, once for all of them. */
export function SignerProvider({ children }: { children: ReactNode }) {
  const { readOnly } = useArchive();
  const [reviewer, remember] = useReviewer();
  const [typed, setTyped] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const name = typed ?? reviewer ?? '';
  const signer = useMemo((): Signer => {
    const by = name.trim();
    return {
      sign() {
        if (by !== '') {
          remember(by);
          return by;
        }
        setAsked(true);
        input.current?.focus();
        return null;
      },
      field: !readOnly && (
        <TextInput
          ref={input}
          className={s.signer ?? ''}
          size="xs"
          label="Changes are signed by"
          placeholder="Your name"
          value={name}
          maxLength={120}
          autoComplete="off"
          error={asked && by === '' ? 'Say who you are: the archive’s history names you.' : null}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ),
    };
  }, [name, asked, readOnly, remember]);
  return <Context value={signer}>{children}</Context>;
}

export function useSigner(): Signer {
  return useContext(Context);
}
