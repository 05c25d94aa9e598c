import { networkOf } from '../../detection/subject.ts';

/** Whether an address lies in a network (/24 or /64) as `networkOf` writes it. */
export function isWithinNetwork(address: string, network: string): boolean {
  return networkOf(address) === network;
}
