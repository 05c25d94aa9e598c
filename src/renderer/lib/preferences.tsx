import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { DEFAULT_PREFERENCES, type Density, MACHINE_ZONE, type Preferences } from '../../shared/preferences.ts';
import { call } from './client.ts';
import { localZone } from './time.ts';

/** Height of a table's row, pixels; `--row-height` of tokens.css says the same. */
const ROW_HEIGHTS: Readonly<Record<Density, number>> = { comfortable: 28, compact: 24 };

/** The scheme is Mantine's to keep (`useMantineColorScheme`). */
type Kept = Omit<Preferences, 'scheme'>;

type State = {
  readonly preferences: Kept;
  /** Shows the change at once and keeps it. Rejects where it could not be kept; then nothing has changed. */
  change(patch: Partial<Kept>): Promise<void>;
};

const Context = createContext<State>({ preferences: DEFAULT_PREFERENCES, change: async () => undefined });

export function PreferencesProvider(props: { initial: Kept; children: ReactNode }) {
  const [preferences, setPreferences] = useState(props.initial);
  const latest = useRef(preferences);
  latest.current = preferences;
  const change = useCallback(async (patch: Partial<Kept>) => {
    const before = latest.current;
    setPreferences((now) => ({ ...now, ...patch }));
    try {
      await call('preferences.set', patch);
    } catch (error) {
      const undone = Object.fromEntries(Object.keys(patch).map((name) => [name, before[name as keyof Kept]]));
      setPreferences((now) => ({ ...now, ...undone }));
      throw error;
    }
  }, []);
  const state = useMemo(() => ({ preferences, change }), [preferences, change]);
  useLayoutEffect(() => {
    document.documentElement.dataset.density = preferences.density;
  }, [preferences.density]);
  return <Context value={state}>{props.children}</Context>;
}

export function usePreferences(): State {
  return useContext(Context);
}

/** How rows are set, and how tall one is (pixels, the same as `--row-height`). */
export function useDensity(): { readonly density: Density; readonly rowHeight: number } {
  const { density } = usePreferences().preferences;
  return { density, rowHeight: ROW_HEIGHTS[density] };
}

/** The zone that a preference means now, in an archive. */
export function zoneOf(preference: string | null, archiveZone: string): string {
  return preference === MACHINE_ZONE ? localZone() : (preference ?? archiveZone);
}
