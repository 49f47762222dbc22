import type { House } from '../house.ts';
import { GATEWAY } from '../register/databases.ts';

/**
 * Takes the second factors of a member at the console of the server: the way back for a sole Administration Sergeant who has lost
 * phone, key and recovery codes. Whoever can do this holds the machine and its keys already; the entry in the trail comes first.
 * Answers whether there is such a member.
 */
export async function resetAtConsole(house: House, signInName: string): Promise<boolean> {
  const member = house.register.memberNamed(signInName.toLowerCase());
  if (member === undefined) return false;
  const object = { type: 'member', id: member._id };
  await house.trail.record({ action: 'resetFactors', object, note: 'at the console of the server' }, GATEWAY);
  await house.factors.reset(member._id);
  await house.sessions.endAllOf(member._id);
  return true;
}
