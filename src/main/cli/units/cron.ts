import { quote } from 'shlex';
import { DAY, HOUR, type UnitWriter } from './unit.ts';

/** A crontab line. What it prints goes nowhere; what fails is mailed by cron. */
export const cron: UnitWriter = ({ command, everyMinutes, minute, title }) => {
  // cron takes an unescaped % for the end of the line.
  const line = `${command.map(quote).join(' ')} > /dev/null`.replaceAll('%', '\\%');
  return {
    files: [{ path: null, text: `# ${title}\n${when(everyMinutes, minute)} ${line}\n` }],
    install: ['crontab -e   # and add these lines'],
  };
};

function when(every: number, minute: number): string {
  if (every < HOUR) {
    const minutes = Array.from({ length: HOUR / every }, (_, i) => (minute % every) + i * every);
    return `${minutes.join(',')} * * * *`;
  }
  if (every === DAY) return `${minute} 3 * * *`;
  return `${minute} ${every === HOUR ? '*' : `*/${every / HOUR}`} * * *`;
}
