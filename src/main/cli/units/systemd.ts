import { DAY, HOUR, type UnitWriter } from './unit.ts';

/** A user's service and timer. A run that was missed because the machine slept is made up for. */
export const systemd: UnitWriter = ({ slug, title, command, everyMinutes, minute }) => {
  const service = `[Unit]
Description=${plain(title)}

[Service]
Type=oneshot
ExecStart=${command.map(argument).join(' ')}
Nice=10
`;
  const timer = `[Unit]
Description=${plain(title)}, every ${everyMinutes < HOUR ? `${everyMinutes} min` : `${everyMinutes / HOUR} h`}

[Timer]
OnCalendar=${when(everyMinutes, minute)}
Persistent=true
RandomizedDelaySec=60

[Install]
WantedBy=timers.target
`;
  const folder = '~/.config/systemd/user';
  return {
    files: [
      { path: `${folder}/${slug}.service`, text: service },
      { path: `${folder}/${slug}.timer`, text: timer },
    ],
    install: [
      'systemctl --user daemon-reload',
      `systemctl --user enable --now ${slug}.timer`,
      'loginctl enable-linger   # so that it also runs while you are not signed in',
    ],
  };
};

function when(every: number, minute: number): string {
  if (every < HOUR) return `*-*-* *:${two(minute % every)}/${every}:00`;
  if (every === DAY) return `*-*-* 03:${two(minute)}:00`;
  return every === HOUR ? `*-*-* *:${two(minute)}:00` : `*-*-* 00/${every / HOUR}:${two(minute)}:00`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

// Source: systemd.service(5), "Command lines", and systemd.unit(5), "Specifiers".
function argument(text: string): string {
  const escaped = text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$');
  return `"${escaped}"`;
}

function plain(text: string): string {
  return text.replaceAll('%', '%%');
}
