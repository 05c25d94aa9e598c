import { type UnitWriter, xml } from './unit.ts';

/** A user's launch agent. A run that was missed because the machine slept is made up for on waking. */
export const launchd: UnitWriter = ({ slug, command, everyMinutes }) => {
  const label = `org.logbook.${slug}`;
  const path = `~/Library/LaunchAgents/${label}.plist`;
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  <string>${xml(label)}</string>
  <key>ProgramArguments</key>
  <array>
${command.map((part) => `    <string>${xml(part)}</string>`).join('\n')}
  </array>
  <key>StartInterval</key>
  <integer>${everyMinutes * 60}</integer>
  <key>RunAtLoad</key>
  <true/>
  <key>ProcessType</key>
  <string>Background</string>
</dict>
</plist>
`;
  return { files: [{ path, text }], install: [`launchctl bootstrap gui/$(id -u) ${path}`] };
};
