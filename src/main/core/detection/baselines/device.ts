const devices = new Map<string, string>();

/** An agent without its versions: an update is no new device. */
export function deviceOf(agent: string | null): string | null {
  if (agent === null || agent === '') return null;
  let device = devices.get(agent);
  if (device === undefined) {
    const words = agent.slice(0, 400).match(/[A-Za-z]{3,}/g) ?? [];
    device = [...new Set(words)].slice(0, 12).join(' ') || agent.slice(0, 40);
    if (devices.size > 20_000) devices.clear();
    devices.set(agent, device);
  }
  return device;
}
