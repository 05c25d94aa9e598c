import { useQuery } from '@tanstack/react-query';
import { call } from '../lib/client.ts';
import s from './shell.module.css';

const CONTROLS = [
  { action: 'minimise', label: 'Minimise', path: 'M2 6h8' },
  { action: 'maximise', label: 'Maximise', path: 'M2 2h8v8h-8Z' },
  { action: 'close', label: 'Close', path: 'm2 2 8 8M10 2 2 10' },
] as const;

/** The window's own buttons; on macOS the system draws them. */
export function WindowControls() {
  const info = useQuery({ queryKey: ['app.info'], queryFn: () => call('app.info', {}) }).data;
  if (!info || info.platform === 'darwin') return null;
  return (
    <div className={s.windowControls}>
      {CONTROLS.map(({ action, label, path }) => (
        <button
          key={action}
          type="button"
          aria-label={label}
          tabIndex={-1}
          onClick={() => void call('window.control', { action }).catch(() => {})}
        >
          <svg viewBox="0 0 12 12" fill="none" stroke="currentColor" aria-hidden="true">
            <path d={path} />
          </svg>
        </button>
      ))}
    </div>
  );
}

/** Title bar of a window that shows no archive. */
export function WindowBar({ title }: { title: string }) {
  return (
    <header className={s.windowBar}>
      {title}
      <span className={s.grow} />
      <WindowControls />
    </header>
  );
}
