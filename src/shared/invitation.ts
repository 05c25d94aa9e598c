const ACCEPTED = /invitation[._-]?accept|accept\w*[._-]invit/i;

/** Whether an action is that somebody accepted an invitation: whoever acts then comes in, and what is acted upon is the invitation. */
export function acceptsInvitation(action: string): boolean {
  return ACCEPTED.test(action);
}
