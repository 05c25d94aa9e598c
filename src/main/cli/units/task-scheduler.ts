import { HOUR, type UnitWriter, xml } from './unit.ts';

/** A task of Windows' Task Scheduler. A run that was missed is made up for; two never run at once. */
export const taskScheduler: UnitWriter = ({ slug, title, command, everyMinutes, minute }) => {
  const [program = '', ...rest] = command;
  const interval = everyMinutes < HOUR ? `PT${everyMinutes}M` : `PT${everyMinutes / HOUR}H`;
  const text = `<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${xml(title)}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <Repetition>
        <Interval>${interval}</Interval>
        <Duration>P1D</Duration>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:${String(minute).padStart(2, '0')}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT4H</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>${xml(program)}</Command>
      <Arguments>${xml(rest.map(argument).join(' '))}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
  return {
    files: [{ path: `${slug}.xml`, text }],
    install: [`schtasks /Create /TN "${slug}" /XML "${slug}.xml"`],
  };
};

// Source: "Parsing C command-line arguments", Microsoft C++ documentation.
function argument(text: string): string {
  if (text !== '' && !/[\s"]/.test(text)) return text;
  return `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
