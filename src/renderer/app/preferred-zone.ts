import { createContext, type Dispatch, type SetStateAction, useContext } from 'react';

type ZoneState = readonly [zone: string | null, set: Dispatch<SetStateAction<string | null>>];

const Context = createContext<ZoneState>([null, () => {}]);
export const PreferredZone = Context.Provider;

/** The zone this person chose last; null follows the archive. */
export function usePreferredZone(): ZoneState {
  return useContext(Context);
}
