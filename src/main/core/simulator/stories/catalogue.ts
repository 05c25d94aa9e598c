import { bruteForceTakeover } from './brute-force-takeover.ts';
import { cardChange } from './card-change.ts';
import { lateLeaver } from './late-leaver.ts';
import { passwordSpray } from './password-spray.ts';
import { selfGrant } from './self-grant.ts';
import type { Story } from './story.ts';

/** Every story there is, in the order in which they are planted. */
export const STORIES: readonly Story[] = [passwordSpray, bruteForceTakeover, selfGrant, cardChange, lateLeaver];

export const STORY_NAMES: readonly string[] = STORIES.map((story) => story.name);
