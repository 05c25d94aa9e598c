import { bruteForceTakeover } from './brute-force-takeover.ts';
import { cardChange } from './card-change.ts';
import { lateLeaver } from './late-leaver.ts';
import { passwordSpray } from './password-spray.ts';
import { selfGrant } from './self-grant.ts';
import { slowTakeover } from './slow-takeover.ts';
import { stolenToken } from './stolen-token.ts';
import type { Story } from './story.ts';
import { twoPlaces } from './two-places.ts';

const USUAL: readonly Story[] = [passwordSpray, bruteForceTakeover, selfGrant, cardChange, lateLeaver];

/** Every story there is, in the order in which they are planted. */
export const STORIES: readonly Story[] = [...USUAL, slowTakeover, stolenToken, twoPlaces];

/** Those that are planted unless somebody says which; the others are asked for by name. */
export const USUAL_STORY_NAMES: readonly string[] = USUAL.map((story) => story.name);

export const STORY_NAMES: readonly string[] = STORIES.map((story) => story.name);
